-- Results that the caller may see, by initiative, newest first.
SELECT r.*, r.initiative_id::text AS cursor, r.applicant_id IS NOT DISTINCT FROM app.org () AND r.objection_id IS NULL
       AND r.state IN ('not_selected', 'waitlisted') AND coalesce (:call_now::timestamptz <= r.object_by, false) AS may_object
FROM pipeline.result_record r
WHERE (:round_id::uuid IS NULL OR r.round_id = :round_id::uuid)
  AND (:initiative_id::uuid IS NULL OR r.initiative_id = :initiative_id::uuid)
  AND (:call_cursor::text IS NULL OR r.initiative_id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.initiative_id DESC
LIMIT :call_rows::int
