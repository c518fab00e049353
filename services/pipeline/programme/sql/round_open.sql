-- From here on its rules cannot change; anybody can compute their hash again from what the round shows.
UPDATE pipeline.round r
SET frozen_at = :call_now::timestamptz,
    rules_hash = encode (sha256 (convert_to ((SELECT w.rules::text FROM pipeline.round_rules w WHERE w.id = r.id), 'UTF8')), 'hex')
WHERE r.id = :call_target::uuid
RETURNING id
