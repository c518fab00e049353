-- What an initiative of the caller's asks; the guard says whether it has come that far.
INSERT INTO pipeline.ask (id, initiative_id, round_id, programme_id, applicant_id, manager_id, amount_cents, min_viable_cents, kinds, text,
                          fictional, created_at)
SELECT :call_id::uuid, i.id, i.round_id, i.programme_id, i.applicant_id, i.manager_id, :amount_cents::bigint, :min_viable_cents::bigint,
       :kinds::text[], :text, :fictional::boolean, :call_now::timestamptz
FROM pipeline.initiative i
WHERE i.id = :initiative_id::uuid AND i.applicant_id = :call_org::uuid
RETURNING id
