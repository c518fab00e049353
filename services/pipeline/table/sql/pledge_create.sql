-- A pledge of the caller's on an ask that it sees.
INSERT INTO pipeline.pledge (id, ask_id, initiative_id, round_id, programme_id, financier_id, applicant_id, manager_id, kind, amount_cents,
                             conditions, text, interest, expires_at, fictional, created_at)
SELECT :call_id::uuid, a.id, a.initiative_id, a.round_id, a.programme_id, :call_org::uuid, a.applicant_id, a.manager_id, :kind,
       :amount_cents::bigint, :conditions::jsonb, :text, :interest, :expires_at::timestamptz, :fictional::boolean, :call_now::timestamptz
FROM pipeline.ask a
WHERE a.id = :ask_id::uuid
RETURNING id
