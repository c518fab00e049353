-- Adopted policies and the caller's own, newest first.
SELECT p.*, o.name AS organisation_name, p.id::text AS cursor,
       p.valid_from >= pipeline.dutch_day (:call_now::timestamptz) AS is_ahead
FROM pipeline.purchase_policy p LEFT JOIN pipeline.known_organisation o ON o.id = p.organisation_id
WHERE (:organisation_id::uuid IS NULL OR p.organisation_id = :organisation_id::uuid)
  AND (:call_cursor::text IS NULL OR p.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY p.id DESC
LIMIT :call_rows::int
