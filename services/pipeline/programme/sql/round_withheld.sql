-- Of whom a round said that they read what the jury thought once it is concluded; who was erased is nobody any more.
SELECT s.initiative_id AS id, s.initiative_id, s.round_id, s.applicant_id, s.manager_id
FROM pipeline.result s JOIN pipeline.round r ON r.id = s.round_id
WHERE s.round_id = :id::uuid AND s.applicant_id IS NOT NULL AND r.feedback_at = 'concluded' AND (r.feedback <> 'none' OR r.rank_shown IS TRUE)
ORDER BY s.initiative_id
