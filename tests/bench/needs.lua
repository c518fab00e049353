-- needs.lua - for wrk: asks for the matches of one need after the other, in a shuffled order.
local count, asked = 0, 0

function init (args)
    count = tonumber (args [1])
    wrk.headers ['Cookie'] = args [2]
end

function request ()
    asked = asked + 1
    return wrk.format ('GET', string.format ('/v1/needs/00000000-0000-7000-8000-%012d/matches?limit=10&excluded=0', asked * 7919 % count))
end
