-- Why it was given back.
UPDATE pipeline.judgement SET reason = :reason::text WHERE id = :call_target::uuid RETURNING id
