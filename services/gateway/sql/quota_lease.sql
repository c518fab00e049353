-- What the caller may ask until the window ends: a block, and what it was let through beyond earlier ones.
SELECT granted, rest, reset_ms, amount, window_ms
FROM identity.quota_take ('requests', :call_caller, :owed::bigint, :call_now::timestamptz)
