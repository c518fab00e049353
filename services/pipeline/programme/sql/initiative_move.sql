-- Moves an initiative to another state, and remembers how far it ever came. What was asked for and answered keeps the moment
-- it came. A place is offered for as many days as the round says; who
-- waits does so until as many days after the programme starts. Who waits again, by an objection that was right, comes before the others. What the selection says of it, it says itself from then on.
UPDATE pipeline.initiative i
SET state = :call_state, version = version + 1,
    submitted_at = CASE WHEN :call_state = 'submitted' THEN coalesce (i.submitted_at, :call_now::timestamptz) ELSE i.submitted_at END,
    presented_at = CASE WHEN :call_state = 'presented' THEN coalesce (i.presented_at, :call_now::timestamptz) ELSE i.presented_at END,
    finished_at = CASE WHEN :call_state = 'table_ready' THEN coalesce (i.finished_at, :call_now::timestamptz) ELSE i.finished_at END,
    -- What it was warned of in the training is over with it.
    warning = CASE WHEN :call_state = 'table_ready' AND i.state <> 'table_ready' THEN NULL ELSE i.warning END,
    warned_until = CASE WHEN :call_state = 'table_ready' AND i.state <> 'table_ready' THEN NULL ELSE i.warned_until END,
    seated_at = CASE WHEN :call_state = 'at_table' THEN :call_now::timestamptz ELSE i.seated_at END,
    offer_expires_at = CASE WHEN :call_state = 'selected' AND i.state <> 'selected'
        THEN (SELECT pipeline.end_of_day (:call_now::timestamptz, r.offer_days) FROM pipeline.round r WHERE r.id = i.round_id)
        ELSE i.offer_expires_at END,
    waiting_place = CASE WHEN :call_state = 'waitlisted' AND i.state = 'presented' THEN (SELECT l.place FROM pipeline.selection_chosen l WHERE l.initiative_id = i.id)
        ELSE i.waiting_place END,
    waiting_until = CASE WHEN :call_state = 'waitlisted'
        THEN (SELECT pipeline.end_of_day (greatest (r.starts_at, :call_now::timestamptz), r.offer_days) FROM pipeline.round r
              WHERE r.id = i.round_id)
        ELSE i.waiting_until END,
    reinstated_at = CASE WHEN :call_state = 'waitlisted' AND i.state <> 'presented' THEN :call_now::timestamptz ELSE i.reinstated_at END,
    drop_reason = CASE WHEN :call_state = 'not_selected' AND i.state = 'presented'
        THEN (SELECT l.reason FROM pipeline.selection_chosen l WHERE l.initiative_id = i.id)
        WHEN :call_state = 'not_selected' THEN 'Er kwam op tijd geen plaats meer vrij.'
        WHEN :call_state = 'waitlisted' THEN NULL
        ELSE i.drop_reason END
WHERE i.id = :call_target::uuid
RETURNING i.id
