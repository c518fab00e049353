-- deal.lua - for wrk: whole deals, from order to confirmed payment; each thread has one connection and does one after the other.
--
-- args: first number of a quote, quotes for each thread, and for buyer, supplier, finance: cookie and CSRF token.
local threads = 0

function setup (thread)
    thread:set ('no', threads)
    threads = threads + 1
end

local at, n, who = 0, 0, {}
local order, line, delivery, invoice, payment

function init (args)
    n = tonumber (args [1]) + no * tonumber (args [2])
    for i, name in ipairs ({ 'buyer', 'supplier', 'finance' }) do
        who [name] = { cookie = args [2 * i + 1], csrf = args [2 * i + 2] }
    end
end

local units = function (more)
    return '"lines":[{"order_line_id":"' .. line .. '",' .. more .. '}]'
end

-- Who, path, body; what is answered is kept by the step after it.
local steps = {
    function () return 'buyer', '/v1/orders', string.format ('{"quote_id":"00000000-0000-7000-8000-%012d"}', n) end,
    function () return 'supplier', '/v1/orders/' .. order.id .. '/_confirm', '{}', order end,
    function () return 'supplier', '/v1/deliveries', '{"order_id":"' .. order.id .. '",' .. units ('"quantity":10') .. '}' end,
    function () return 'supplier', '/v1/deliveries/' .. delivery.id .. '/_deliver', '{}', delivery end,
    function () return 'buyer', '/v1/deliveries/' .. delivery.id .. '/_accept', '{' .. units ('"accepted":10') .. '}', delivery end,
    function () return 'supplier', '/v1/invoices', '{"order_id":"' .. order.id .. '","number":"F-' .. n .. '",' .. units ('"quantity":10') .. '}' end,
    function () return 'supplier', '/v1/invoices/' .. invoice.id .. '/_issue', '{}', invoice end,
    function () return 'finance', '/v1/invoices/' .. invoice.id .. '/_approve', '{}', invoice end,
    function () return 'finance', '/v1/payments', '{"invoice_id":"' .. invoice.id .. '","amount_cents":16129,"bank_reference":"Betaling ' .. n .. '"}' end,
    function () return 'supplier', '/v1/payments/' .. payment.id .. '/_confirm', '{}', payment end,
}

function request ()
    local name, path, body, thing = steps [at % #steps + 1] ()
    local headers = { ['Content-Type'] = 'application/json', ['Cookie'] = who [name].cookie, ['X-CSRF-Token'] = who [name].csrf,
        ['Idempotency-Key'] = 'deal-' .. n .. '-' .. at % #steps }
    if thing then
        headers ['If-Match'] = '"' .. thing.version .. '"'
    end
    return wrk.format ('POST', path, headers, body)
end

function response (status, headers, body)
    if status > 299 then
        io.stderr:write (n, ' ', at % #steps + 1, ' ', status, ' ', body, '\n')
        wrk.thread:stop ()
        return
    end
    local step = at % #steps + 1
    local thing = { id = body:match ('"id":"([^"]+)"'), version = tonumber (body:match ('"version":(%d+)')) }
    if step <= 2 then
        order = thing
        line = body:match ('"lines":%[{"id":"([^"]+)"') or line
    elseif step <= 5 then delivery = thing
    elseif step <= 8 then invoice = thing
    else payment = thing end
    at = at + 1
    if at % #steps == 0 then n = n + 1 end
end
