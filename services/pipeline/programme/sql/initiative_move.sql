-- Moves an initiative to another state, and remembers how far it ever came. What was asked for and answered keeps the moment it came.
UPDATE pipeline.initiative
SET state = :call_state, version = version + 1,
    submitted_at = CASE WHEN :call_state = 'submitted' THEN coalesce (submitted_at, :call_now::timestamptz) ELSE submitted_at END,
    finished_at = CASE WHEN :call_state = 'table_ready' THEN coalesce (finished_at, :call_now::timestamptz) ELSE finished_at END,
    presented_at = CASE WHEN :call_state = 'presented' THEN coalesce (presented_at, :call_now::timestamptz) ELSE presented_at END,
    seated_at = CASE WHEN :call_state = 'at_table' THEN :call_now::timestamptz ELSE seated_at END
WHERE id = :call_target::uuid
RETURNING id
