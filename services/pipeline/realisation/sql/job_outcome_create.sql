-- Jobs of an initiative of the caller's.
INSERT INTO pipeline.job_outcome (id, initiative_id, round_id, applicant_id, manager_id, kind, count, fte_hundredths, valid_from, valid_until,
                                  state, created_at)
SELECT :call_id::uuid, i.id, i.round_id, i.applicant_id, i.manager_id, :kind, :count::bigint, :fte_hundredths::bigint, :valid_from::date,
       :valid_until::date, 'reported', :call_now::timestamptz
FROM pipeline.initiative i
WHERE i.id = :initiative_id::uuid AND i.applicant_id = :call_org::uuid
RETURNING id
