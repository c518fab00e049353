-- Who hands it in, which an earlier approver's word no longer answers.
UPDATE pipeline.need SET submitted_by = :call_account::uuid, return_reason = NULL
WHERE id = :call_target::uuid
RETURNING id
