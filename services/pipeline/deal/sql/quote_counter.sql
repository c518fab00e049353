-- Writes the proposal down as the next revision, beside what the quote was when negotiation began and all that came after.
WITH stood AS (
    INSERT INTO pipeline.quote_round
        (quote_id, revision, supplier_id, buyer_id, proposed_by, lines, total_cents, message, valid_until, salt, content_hash,
         proposed_at, result, round)
    SELECT q.id, q.revision, q.supplier_id, q.buyer_id, q.supplier_id, q.lines, q.total_cents, q.message, q.valid_until, q.salt,
           q.content_hash, q.received_at, 'stood',
           (SELECT coalesce (max (r.round), 0) FROM pipeline.quote_round r WHERE r.quote_id = q.id)
    FROM pipeline.quote q WHERE q.id = :call_target::uuid
    ON CONFLICT DO NOTHING
), answered AS (
    UPDATE pipeline.quote_round SET result = 'countered', answered_at = :call_now::timestamptz
    WHERE quote_id = :call_target::uuid AND result IS NULL
    RETURNING quote_id
)
INSERT INTO pipeline.quote_round
    (quote_id, revision, supplier_id, buyer_id, proposed_by, lines, total_cents, message, valid_until, salt, content_hash, reason,
     proposed_at, answer_by, round)
SELECT q.id, :revision::bigint, q.supplier_id, q.buyer_id, :call_org::uuid, :lines::jsonb, :total_cents::bigint, :message::text,
       :valid_until::date, :salt::text, :content_hash::text, :reason::text, :call_now::timestamptz, :answer_by::timestamptz,
       1 + (SELECT coalesce (max (r.round), 0) FROM pipeline.quote_round r WHERE r.quote_id = q.id)
FROM pipeline.quote q
WHERE q.id = :call_target::uuid AND (SELECT count (*) FROM answered) >= 0 -- the one before is answered first
RETURNING quote_id AS id
