-- The box did not open, or had something else in it than what was handed in.
UPDATE pipeline.quote SET exclude_reason = 'De verzegelde inhoud is beschadigd.', opened_at = :call_now::timestamptz
WHERE id = :quote_id::uuid
RETURNING id
