-- A letter was read; when it was first.
UPDATE matching.letter SET read_at = coalesce (read_at, :call_now::timestamptz)
 WHERE id = :id::uuid AND organisation_id = app.org ()
RETURNING id
