-- What a receipt says of an initiative of the caller's.
SELECT i.id AS initiative_id, i.round_id, i.applicant_id, i.submitted_at AS received_at, i.closes_at, x.answered_at, x.content_hash, r.rules_hash
FROM pipeline.initiative_record i
JOIN pipeline.initiative x ON x.id = i.id
JOIN pipeline.round r ON r.id = i.round_id
WHERE i.id = :id::uuid AND i.applicant_id = app.org () AND x.content_hash IS NOT NULL
