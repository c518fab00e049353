-- What was proposed last is the quote from now on.
WITH agreed AS (
    UPDATE pipeline.quote_round SET result = 'agreed', answered_at = :call_now::timestamptz
    WHERE quote_id = :call_target::uuid AND result IS NULL
    RETURNING *
)
UPDATE pipeline.quote q
SET revision = a.revision, lines = a.lines, total_cents = a.total_cents, message = a.message, valid_until = a.valid_until,
    salt = a.salt, content_hash = a.content_hash, received_at = :call_now::timestamptz
FROM agreed a
WHERE q.id = a.quote_id
RETURNING q.id
