-- An address is the caller's, as they have the word of a mail to it. The word works once, and with it those of other mails to that address.
WITH used AS (
    DELETE FROM identity.address_link l
     USING identity.address x
     WHERE l.token_hash = encode (sha256 (convert_to (:token, 'UTF8')), 'hex') AND l.expires_at > :call_now::timestamptz
       AND x.id = l.address_id AND x.account_id = :call_account::uuid AND x.removed_at IS NULL
    RETURNING l.address_id, l.token_hash
), others AS (
    DELETE FROM identity.address_link l USING used u WHERE l.address_id = u.address_id AND l.token_hash <> u.token_hash
)
UPDATE identity.address x SET confirmed_at = coalesce (x.confirmed_at, :call_now::timestamptz)
  FROM used u WHERE x.id = u.address_id
RETURNING x.id, x.email, x.confirmed_at, x.asked_at, x.created_at
