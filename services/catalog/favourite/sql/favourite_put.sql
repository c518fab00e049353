-- What is noted at an entry.
UPDATE catalog.favourite SET note = :note WHERE id = :call_target::uuid
RETURNING id
