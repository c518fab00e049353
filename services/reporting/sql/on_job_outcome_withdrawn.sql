-- A count was taken back.
DELETE FROM reporting.job WHERE id = :id::uuid
