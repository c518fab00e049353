-- More time for a draft in a round of the caller's; the round counts it.
WITH draft AS (
    SELECT d.round_id, d.applicant_id FROM pipeline.draft_of (:initiative_id::uuid) d
), counted AS (
    UPDATE pipeline.round r SET extensions = extensions + 1 FROM draft d WHERE r.id = d.round_id
)
INSERT INTO pipeline.extension (id, initiative_id, round_id, manager_id, applicant_id, until, ground, reason, created_at)
SELECT :call_id::uuid, :initiative_id::uuid, d.round_id, :call_org::uuid, d.applicant_id, :until::timestamptz, :ground::text, :reason::text,
       :call_now::timestamptz
FROM draft d
RETURNING id
