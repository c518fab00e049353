-- Whom a token stands for. A session of somebody who registered an organisation later acts for that one.
SELECT b.id AS session_id, b.account_id, a.name, m.organisation_id, o.name AS organisation_name, m.roles
FROM identity.bearer b
JOIN identity.account a ON a.id = b.account_id
LEFT JOIN identity.known_member m ON m.account_id = b.account_id AND cardinality (m.roles) > 0
     AND (b.organisation_id IS NULL OR m.organisation_id = b.organisation_id)
LEFT JOIN identity.known_organisation o ON o.id = m.organisation_id
WHERE b.token_hash = :token_hash AND (b.expires_at IS NULL OR b.expires_at > :call_now::timestamptz)
ORDER BY o.name
LIMIT 1
