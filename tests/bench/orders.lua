-- orders.lua - for wrk: places one order after the other, each for a quote of its own.
local first, cookie, csrf
local count = 0

function init (args)
    first, cookie, csrf = tonumber (args [1]), args [2], args [3]
    wrk.method = 'POST'
    wrk.headers ['Content-Type'] = 'application/json'
    wrk.headers ['Cookie'] = cookie
    wrk.headers ['X-CSRF-Token'] = csrf
end

function request ()
    local no = first + count
    count = count + 1
    wrk.headers ['Idempotency-Key'] = 'order-' .. no
    wrk.body = string.format ('{"quote_id":"00000000-0000-7000-8000-%012d"}', no)
    return wrk.format ()
end
