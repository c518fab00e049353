-- What the applicant answers.
UPDATE pipeline.initiative SET answer = :answer::text, answered_at = :call_now::timestamptz WHERE id = :call_target::uuid RETURNING id
