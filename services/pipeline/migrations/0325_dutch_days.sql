-- A day begins at midnight in the Netherlands, not in UTC: whether a seat holds, whether jobs have begun, by which rate VAT is reckoned.
CREATE OR REPLACE FUNCTION pipeline.finances (programme uuid) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM pipeline.seat s
               WHERE s.programme_id = programme AND s.organisation_id = app.org () AND s.role = 'financier' AND s.state = 'taken'
                 AND pipeline.dutch_day (now ()) BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity'));

CREATE OR REPLACE FUNCTION pipeline.frozen_cents (order_id uuid) RETURNS bigint
LANGUAGE sql STABLE
RETURN (SELECT coalesce (sum (f.cents + pipeline.vat_cents (f.vat, f.cents, pipeline.dutch_day (now ()))), 0)::bigint
        FROM (SELECT l.vat, l.unit_price_cents * greatest (0,
                  l.disputed - (l.accepted - l.returned - l.invoiced + l.credited)) AS cents
              FROM pipeline.order_line l WHERE l.order_id = frozen_cents.order_id AND l.disputed > 0) f);

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
      AND pipeline.dutch_day (j.created_at) BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity')) s;

CREATE OR REPLACE VIEW pipeline.milestone_record WITH (security_invoker = true) AS
SELECT m.id, m.initiative_id, m.what, m.due_on, m.round_id, m.applicant_id, m.manager_id, m.verifier_id, v.name AS verifier_name, i.title,
       m.evidence, m.documents, m.handed_in_at, m.remarks, m.verified_at, m.verified_by, i.fictional,
       (m.due_on + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam' AS overdue_at, i.state AS initiative_state,
       m.verifier_id IS NULL OR EXISTS (SELECT FROM pipeline.seat s
               WHERE s.programme_id = m.programme_id AND s.organisation_id = m.verifier_id AND s.state = 'taken'
                 AND pipeline.dutch_day (now ()) BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity')) AS verifier_seated,
       pipeline.outside_team (m.initiative_id) AS outside, m.state, m.version, m.created_at
FROM pipeline.milestone m
LEFT JOIN pipeline.initiative i ON i.id = m.initiative_id
LEFT JOIN pipeline.known_organisation v ON v.id = m.verifier_id;

CREATE OR REPLACE VIEW pipeline.job_outcome_record WITH (security_invoker = true) AS
SELECT j.id, j.initiative_id, j.kind, j.count, j.fte_hundredths, j.valid_from, j.valid_until, j.round_id, j.applicant_id, j.manager_id,
       i.title, j.reason, j.confirmed_at, i.fictional, i.state AS initiative_state, j.valid_from <= pipeline.dutch_day (now ()) AS begun,
       pipeline.outside_team (j.initiative_id) AS outside, j.state, j.version, j.created_at
FROM pipeline.job_outcome j
LEFT JOIN pipeline.initiative i ON i.id = j.initiative_id;
