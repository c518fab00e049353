-- Whom a token stands for. A session of somebody who registered an organisation later acts for that one; one of a moderator who
-- looks along with a user stands for that user.
SELECT b.id AS session_id, a.id AS account_id, a.name, m.organisation_id, o.name AS organisation_name, m.roles,
       s.ends_at AS support_until, identity.ties (a.id, :call_now::timestamptz) AS ties, a.addresses_version AS ties_version,
       s.id IS NULL AND EXISTS (SELECT FROM identity.known_member x WHERE x.account_id = a.id AND cardinality (x.roles) > 0
                                AND x.organisation_id <> m.organisation_id) AS several
FROM identity.bearer b
LEFT JOIN LATERAL (
    SELECT * FROM identity.support x
    WHERE x.session_id = b.id AND x.ended_at IS NULL AND x.ends_at > :call_now::timestamptz
    ORDER BY x.began_at DESC LIMIT 1
) s ON true
JOIN identity.account a ON a.id = coalesce (s.account_id, b.account_id)
LEFT JOIN identity.known_member m ON m.account_id = a.id AND cardinality (m.roles) > 0
     AND (coalesce (s.organisation_id, b.organisation_id) IS NULL
          OR m.organisation_id = coalesce (s.organisation_id, b.organisation_id))
LEFT JOIN identity.known_organisation o ON o.id = m.organisation_id
WHERE b.token_hash = :token_hash AND (b.expires_at IS NULL OR b.expires_at > :call_now::timestamptz)
ORDER BY o.name
LIMIT 1
