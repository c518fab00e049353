-- Which condition failed when the table was closed; the step comes after.
UPDATE pipeline.pledge SET failed = :failed::bigint WHERE id = :id::uuid
