-- The session is its own person's again.
UPDATE identity.support s SET ended_at = :call_now::timestamptz
  FROM identity.bearer b
 WHERE b.token_hash = :token_hash AND s.session_id = b.id AND s.ended_at IS NULL AND s.ends_at > :call_now::timestamptz
RETURNING s.id
