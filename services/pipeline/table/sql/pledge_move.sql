-- Moves a pledge to another state; which condition failed holds until it is offered again.
UPDATE pipeline.pledge
SET state = :call_state, version = version + 1, shown = shown OR :call_state IN ('indicated', 'committed'),
    failed = CASE WHEN :call_state IN ('lapsed', 'condition_failed') THEN failed END
WHERE id = :call_target::uuid
RETURNING id
