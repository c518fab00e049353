-- Keeps why it will not become real.
UPDATE pipeline.initiative SET failure_ground = :ground, drop_reason = :reason WHERE id = :call_target::uuid RETURNING id
