-- Who applies together with others is a party to the initiative as its applicant is: barred from judging it, as are its people who write
-- on it; and without a vote in the round where that is the rule.
CREATE OR REPLACE VIEW pipeline.initiative_party WITH (security_invoker = true) AS
SELECT i.id AS initiative_id, i.round_id, i.applicant_id AS organisation_id
FROM pipeline.initiative i
UNION
SELECT i.id, i.round_id, c.id
FROM pipeline.initiative i CROSS JOIN LATERAL unnest (i.co_applicant_ids) c (id);

CREATE OR REPLACE FUNCTION pipeline.initiative_written () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF app.account () IS NOT NULL AND (app.org () = NEW.applicant_id OR app.org () = ANY (NEW.co_applicant_ids)) THEN
        INSERT INTO pipeline.initiative_person (initiative_id, account_id) VALUES (NEW.id, app.account ()) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE VIEW pipeline.juror_record WITH (security_invoker = true) AS
SELECT j.id, j.round_id, r.number AS round_number, p.name AS programme_name, j.organisation_id, o.name AS organisation_name,
       j.manager_id, j.account_id, j.declared_at, r.scored_by,
       j.ties_version < coalesce ((SELECT k.version FROM pipeline.known_addresses k WHERE k.account_id = j.account_id), 0) AS stale,
       (SELECT count (*) FROM pipeline.judgement x WHERE x.juror_id = j.id AND x.state <> 'recused') AS assigned,
       (SELECT count (*) FROM pipeline.judgement x WHERE x.juror_id = j.id AND x.state = 'locked') AS locked,
       r.state AS round_state, r.conflict_policy,
       s.votes - (SELECT count (*) FROM pipeline.juror x
                  WHERE x.round_id = j.round_id AND x.organisation_id = j.organisation_id AND x.state = 'active') AS places,
       s.votes > 0 AS seated,
       EXISTS (SELECT FROM pipeline.initiative i WHERE i.round_id = j.round_id AND i.state <> 'withdrawn'
               AND (i.applicant_id = j.organisation_id OR j.organisation_id = ANY (i.co_applicant_ids))) AS applies,
       j.state, j.version, j.created_at
FROM pipeline.juror j
JOIN pipeline.round r ON r.id = j.round_id
JOIN pipeline.programme p ON p.id = r.programme_id
LEFT JOIN pipeline.known_organisation o ON o.id = j.organisation_id
CROSS JOIN LATERAL (
    SELECT coalesce (sum (s.votes), 0)::bigint AS votes FROM pipeline.seat s
    WHERE s.programme_id = r.programme_id AND s.organisation_id = j.organisation_id AND s.role = 'jury'
      AND j.created_at::date BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity')) s;
