-- What was proposed about a quote, by whom and why, with what the quote was before, for its two sides.
SELECT q.id, q.supplier_id, q.buyer_id, (
    SELECT json_agg (json_strip_nulls (json_build_object (
               'revision', r.revision, 'proposed_by', r.proposed_by, 'lines', r.lines, 'total_cents', r.total_cents,
               'message', r.message, 'valid_until', r.valid_until, 'content_hash', r.content_hash, 'reason', r.reason,
               'proposed_at', r.proposed_at, 'answer_by', r.answer_by, 'answered_at', r.answered_at,
               'result', coalesce (r.result, CASE WHEN q.state IN ('negotiating', 'counter') THEN 'waits' ELSE 'ended' END)))
               ORDER BY r.revision)
    FROM pipeline.quote_round r WHERE r.quote_id = q.id) AS items
FROM pipeline.quote_record q
WHERE q.id = :id::uuid
