-- Windows that are over; more at a time than an attempt to log in adds, so that they cannot pile up.
DELETE FROM identity.quota_use
WHERE (kind, holder) IN (SELECT kind, holder FROM identity.quota_use WHERE ends_at <= :call_now::timestamptz
                         ORDER BY ends_at LIMIT 8 FOR UPDATE SKIP LOCKED)
