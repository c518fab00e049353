-- What a login is checked against, and for whom the person may act.
SELECT a.id AS account_id, a.name, a.password, m.organisation_id, o.name AS organisation_name, m.roles
FROM identity.account a
LEFT JOIN identity.known_member m ON m.account_id = a.id AND cardinality (m.roles) > 0
     AND (:organisation_id::uuid IS NULL OR m.organisation_id = :organisation_id::uuid)
LEFT JOIN identity.known_organisation o ON o.id = m.organisation_id
WHERE a.email = lower (:email)
ORDER BY o.name
LIMIT 1
