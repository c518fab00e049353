-- What was decided, and until when either side can appeal: after an appeal not any more.
UPDATE pipeline.dispute d
SET decision = :decision::text, motivation = :motivation::text,
    upheld = CASE :decision::text WHEN 'uphold' THEN coalesce (d.quantity, d.amount_cents)
                                  WHEN 'reject' THEN 0 ELSE :upheld::bigint END,
    appeal_due_at = CASE WHEN d.appeal_reason IS NOT NULL THEN :call_now::timestamptz
        ELSE pipeline.due_at ('dispute_appeal', coalesce (
            (SELECT k.kind FROM pipeline.known_organisation k WHERE k.id = d.buyer_id), 'company'),
            :call_now::timestamptz) END
WHERE d.id = :call_target::uuid
RETURNING d.id
