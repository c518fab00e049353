-- Why, and until when the claimant can appeal: once. The buyer's side knows whom it appointed; a handler stays.
UPDATE pipeline.impact_claim c
SET refuse_reason = :reason::text,
    handler_id = coalesce (c.handler_id, (
        SELECT a.handler_id FROM pipeline.appointment a
        WHERE a.buyer_id = c.buyer_id AND a.state = 'appointed' AND a.handler_id <> c.supplier_id)),
    appeal_due_at = CASE WHEN c.appeal_reason IS NULL THEN
        pipeline.due_at ('dispute_appeal', coalesce (
            (SELECT k.kind FROM pipeline.known_organisation k WHERE k.id = c.buyer_id), 'company'),
            :call_now::timestamptz) END
WHERE c.id = :call_target::uuid
RETURNING c.id
