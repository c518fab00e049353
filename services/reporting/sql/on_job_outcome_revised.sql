-- A confirmed count changed: it counts no more until it is confirmed again.
DELETE FROM reporting.job WHERE id = :id::uuid
