-- needs.lua - for wrk: asks for the matches of one need after the other, in a shuffled order. Of how many needs, as whom, and
-- with how many of those that were kept out, is told.
local count, asked, excluded = 0, 0, ''

function init (args)
    count = tonumber (args [1])
    wrk.headers ['Cookie'] = args [2]
    excluded = args [3]
end

function request ()
    asked = asked + 1
    local id = string.format ('00000000-0000-7000-8000-%012d', asked * 7919 % count)
    return wrk.format ('GET', '/v1/needs/' .. id .. '/matches?limit=10&excluded=' .. excluded)
end
