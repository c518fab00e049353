-- A mail with a link is asked for; how long to wait with that, in milliseconds.
SELECT identity.address_ask (:id::uuid, :call_account::uuid, :call_now::timestamptz) AS retry_ms
