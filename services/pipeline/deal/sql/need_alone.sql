-- What a buyer puts on the market or awards is counted one at a time: two pieces of one need at once are still one need.
SELECT pg_advisory_xact_lock (hashtextextended (:call_org::text, 2))
