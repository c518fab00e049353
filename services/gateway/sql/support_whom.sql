-- A user who acts for an organisation, by their address.
SELECT :call_id::uuid AS id, :reason AS reason, a.id AS account_id, m.organisation_id, o.name AS organisation_name,
       m.organisation_id = :call_org::uuid OR EXISTS (SELECT FROM identity.known_member mine
            WHERE mine.account_id = :call_account::uuid AND mine.organisation_id = m.organisation_id
              AND cardinality (mine.roles) > 0) AS own,
       m.roles && ARRAY ['MODERATOR', 'OPERATOR', 'HANDLER', 'SYSTEM'] AS staff
  FROM identity.account a
  JOIN identity.known_member m ON m.account_id = a.id AND cardinality (m.roles) > 0
  JOIN identity.known_organisation o ON o.id = m.organisation_id
 WHERE a.email = lower (:email)
 ORDER BY own DESC, staff DESC, o.name
 LIMIT 1
