-- Why its juror asks to have it reopened.
UPDATE pipeline.judgement SET asked = :reason::text WHERE id = :call_target::uuid RETURNING id
