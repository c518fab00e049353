-- A version more; those before stay.
INSERT INTO pipeline.deliverable_version (id, deliverable_id, applicant_id, number, text, documents, handed_in_at)
SELECT :call_id::uuid, d.id, d.applicant_id,
       (SELECT coalesce (max (v.number), 0) + 1 FROM pipeline.deliverable_version v WHERE v.deliverable_id = d.id),
       :text, :documents::jsonb, :call_now::timestamptz
FROM pipeline.deliverable d
WHERE d.id = :call_target::uuid
RETURNING id
