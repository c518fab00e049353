-- Nobody answered in time: the quote stays what was agreed last.
UPDATE pipeline.quote_round SET result = 'lapsed', answered_at = :call_now::timestamptz
WHERE quote_id = :call_target::uuid AND result IS NULL
RETURNING quote_id AS id
