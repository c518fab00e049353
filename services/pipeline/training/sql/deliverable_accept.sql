-- What is said of the newest version.
UPDATE pipeline.deliverable_version v SET remarks = :remarks
WHERE v.deliverable_id = :call_target::uuid
  AND v.number = (SELECT max (w.number) FROM pipeline.deliverable_version w WHERE w.deliverable_id = v.deliverable_id)
RETURNING id
