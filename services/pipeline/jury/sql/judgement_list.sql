-- Judgements as far as the caller may see, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.judgement_record r
WHERE (:round_id::uuid IS NULL OR r.round_id = :round_id::uuid)
  AND (:dossier_id::uuid IS NULL OR r.dossier_id = :dossier_id::uuid)
  AND (:mine::boolean IS NOT TRUE OR r.mine)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor))
ORDER BY r.id DESC
LIMIT :call_rows::int
