-- Whoever a mentor goes along with reads who that is: the row was theirs already, its fields were not.
CREATE OR REPLACE VIEW pipeline.mentor_record WITH (security_invoker = true) AS
SELECT m.id, m.programme_id, m.organisation_id, o.name AS organisation_name, m.manager_id, m.account_id, m.name, m.role, m.skills, m.goals,
       m.municipality, m.hours, pipeline.mentor_promised (m.id) AS promised,
       EXISTS (SELECT FROM pipeline.seat s WHERE s.programme_id = m.programme_id AND s.organisation_id = m.organisation_id
               AND s.state = 'taken' AND s.role = m.role) AS seated, m.state, m.version, m.created_at,
       CASE WHEN EXISTS (SELECT FROM pipeline.pairing p WHERE p.mentor_id = m.id AND p.applicant_id = app.org ()) THEN app.org () END AS paired_id
FROM pipeline.mentor m
LEFT JOIN pipeline.known_organisation o ON o.id = m.organisation_id;
