-- Keeps why the alderman gave it back.
UPDATE pipeline.assessment SET give_back_reason = :reason WHERE id = :call_target::uuid RETURNING id
