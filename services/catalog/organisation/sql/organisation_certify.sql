-- A moderator saw the proof of the marks as they are claimed now.
UPDATE catalog.organisation
   SET labels_checked = labels,
       due_at = CASE WHEN state = 'admitted' THEN catalog.recheck_at (labels, :call_now::timestamptz) ELSE due_at END
 WHERE id = :call_target::uuid
RETURNING id
