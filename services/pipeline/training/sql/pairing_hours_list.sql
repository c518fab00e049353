-- The hours of a pairing, newest first.
SELECT h.pairing_id AS id, h.day, h.minutes, h.note
FROM pipeline.pairing_hours h
WHERE h.pairing_id = :id::uuid
ORDER BY h.day DESC, h.id DESC
LIMIT :call_rows::int
