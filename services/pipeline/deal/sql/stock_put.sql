-- As many as there are; never fewer than are ordered. Of which offer stays as it is.
UPDATE pipeline.stock SET units = :units::bigint WHERE id = :call_target::uuid
RETURNING id
