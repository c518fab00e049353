-- What the jury of a round reads, by number.
SELECT r.*, r.id::text AS cursor
FROM pipeline.dossier_record r
WHERE (:round_id::uuid IS NULL OR r.round_id = :round_id::uuid)
  AND (:mine::boolean IS NOT TRUE OR r.judgement_id IS NOT NULL)
  AND (:call_cursor::text IS NULL OR (r.round_id, r.id) > (SELECT c.round_id, c.id FROM pipeline.dossier c WHERE c.id = pipeline.cursor_id (:call_cursor)))
ORDER BY r.round_id, r.id
LIMIT :call_rows::int
