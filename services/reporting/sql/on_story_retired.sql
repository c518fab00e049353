-- A story is no longer shown; a draft never was.
DELETE FROM reporting.story WHERE id = :id::uuid
