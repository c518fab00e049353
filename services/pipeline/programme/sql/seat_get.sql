-- One seat. The partner's name follows when the stream has told of it.
SELECT s.id, s.programme_id, s.manager_id, s.organisation_id, o.name AS organisation_name, s.role,
       s.valid_from, s.valid_until, s.votes, s.state, s.version
  FROM pipeline.seat s
  LEFT JOIN pipeline.known_organisation o ON o.id = s.organisation_id
 WHERE s.id = ANY (:call_targets::uuid[])
