-- What was decided of an initiative, as far as the caller may see it.
SELECT r.*, r.applicant_id IS NOT DISTINCT FROM app.org () AND r.objection_id IS NULL AND r.state IN ('not_selected', 'waitlisted')
       AND coalesce (:call_now::timestamptz <= r.object_by, false) AS may_object,
       (r.decided_at AT TIME ZONE 'Europe/Amsterdam')::date AS decided_on, (r.object_by AT TIME ZONE 'Europe/Amsterdam')::date AS object_until
FROM pipeline.result_record r
WHERE r.initiative_id = :id::uuid
