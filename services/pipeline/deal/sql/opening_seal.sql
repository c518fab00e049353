-- Writes the minute: who opened, when, how many quotes were inside.
UPDATE pipeline.seal s
SET opened_at = :call_now::timestamptz,
    opened_by = (SELECT array_agg (o.account_id ORDER BY o.given_at, o.id) FROM pipeline.opener o
                 WHERE o.need_id = s.need_id AND o.state = 'given'),
    quotes = (SELECT count (*) FROM pipeline.quote q WHERE q.need_id = s.need_id AND q.state = 'submitted')
FROM pipeline.opener mine
WHERE mine.id = :id::uuid AND s.need_id = mine.need_id
RETURNING s.id
