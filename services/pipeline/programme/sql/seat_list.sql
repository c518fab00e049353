-- The seats of a programme, by name of the partner.
SELECT s.id, s.programme_id, s.manager_id, s.organisation_id, o.name AS organisation_name, s.role,
       s.valid_from, s.valid_until, s.votes, s.state, s.version
  FROM pipeline.seat s
  LEFT JOIN pipeline.known_organisation o ON o.id = s.organisation_id
 WHERE s.programme_id = :programme_id::uuid
 ORDER BY lower (o.name), s.valid_from, s.id
 LIMIT :call_rows::int
