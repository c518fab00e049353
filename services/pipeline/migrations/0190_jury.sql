-- The jury of a round (deploy/decisions/0042-jury.md): who judges, what they read, what they give, and what bars them.

ALTER TABLE pipeline.seat ADD COLUMN votes bigint NOT NULL DEFAULT 1;

-- One person who judges in one round, for an organisation with a seat in the jury. The version of their addresses is that of when
-- they were last compared with those of applicants; below the newest one everything is shut for them.
CREATE TABLE pipeline.juror (
    id              uuid PRIMARY KEY,
    round_id        uuid NOT NULL REFERENCES pipeline.round,
    organisation_id uuid NOT NULL,
    manager_id      uuid NOT NULL,
    account_id      uuid NOT NULL,
    ties_version    bigint NOT NULL DEFAULT 0,
    declared_at     timestamptz,
    state           text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'left')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX juror_once ON pipeline.juror (round_id, account_id) WHERE state = 'active';
CREATE INDEX juror_by_account ON pipeline.juror (account_id);

-- An initiative as its jury reads it: a number, texts of which names were taken out, and what the manager put in their place.
CREATE TABLE pipeline.dossier (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid (), -- of chance only: also its order says nothing
    round_id      uuid NOT NULL REFERENCES pipeline.round,
    initiative_id uuid NOT NULL REFERENCES pipeline.initiative,
    manager_id    uuid NOT NULL,
    applicant_id  uuid NOT NULL,
    number        bigint,
    title         text NOT NULL,
    summary       text NOT NULL,
    plan          text,
    answers       jsonb,
    goals         text[],
    target_groups text[],
    municipality  text NOT NULL,
    ask_cents     bigint,
    fictional     boolean,
    masked        text[],
    redactions    jsonb NOT NULL DEFAULT '{}',
    state         text NOT NULL DEFAULT 'shown' CHECK (state IN ('shown', 'withdrawn')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    CONSTRAINT dossier_once UNIQUE (initiative_id)
);
CREATE INDEX dossier_by_round ON pipeline.dossier (round_id);

-- What one juror gives one initiative. What it was before it was reopened stays.
CREATE TABLE pipeline.judgement (
    id              uuid PRIMARY KEY,
    round_id        uuid NOT NULL REFERENCES pipeline.round,
    dossier_id      uuid NOT NULL REFERENCES pipeline.dossier,
    juror_id        uuid NOT NULL REFERENCES pipeline.juror,
    account_id      uuid NOT NULL,
    organisation_id uuid NOT NULL,
    manager_id      uuid NOT NULL,
    scores          jsonb,
    confidence      bigint CHECK (confidence BETWEEN 1 AND 5),
    remark          text,
    abstain         boolean,
    reason          text, -- why it was reopened, or given back
    earlier         jsonb NOT NULL DEFAULT '[]',
    locked_at       timestamptz,
    state           text NOT NULL DEFAULT 'assigned' CHECK (state IN ('assigned', 'started', 'locked', 'reopened', 'recused')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    CONSTRAINT assigned_once UNIQUE (dossier_id, juror_id)
);
CREATE INDEX judgement_by_round ON pipeline.judgement (round_id, id DESC);
CREATE INDEX judgement_by_account ON pipeline.judgement (account_id, id DESC);

-- That a person may not judge an initiative, because they say so. It stays when they leave the jury and come back.
CREATE TABLE pipeline.conflict (
    round_id      uuid NOT NULL REFERENCES pipeline.round,
    account_id    uuid NOT NULL,
    initiative_id uuid NOT NULL REFERENCES pipeline.initiative,
    manager_id    uuid NOT NULL,
    kind          text NOT NULL,
    note          text,
    declared_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, initiative_id)
);

-- What a person is tied to: organisations, now or ever; e-mail addresses and their domains, as hashes, confirmed or not. Nothing is
-- taken from here. No service reads it: the functions below do.
CREATE TABLE pipeline.tie (
    account_id uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('organisation', 'address', 'domain')),
    value      text NOT NULL,
    PRIMARY KEY (account_id, kind, value)
);
CREATE INDEX tie_by_value ON pipeline.tie (kind, value);

-- Who wrote on an initiative, for its applicant.
CREATE TABLE pipeline.initiative_person (
    initiative_id uuid NOT NULL REFERENCES pipeline.initiative,
    account_id    uuid NOT NULL,
    PRIMARY KEY (initiative_id, account_id)
);

-- The newest version of somebody's addresses that the stream told of. Which addresses those are, it does not say.
CREATE TABLE pipeline.known_addresses (
    account_id uuid PRIMARY KEY,
    version    bigint NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON pipeline.juror, pipeline.judgement TO mw_pipeline;
GRANT SELECT, UPDATE ON pipeline.dossier TO mw_pipeline;
GRANT SELECT, INSERT ON pipeline.conflict TO mw_pipeline;
GRANT INSERT ON pipeline.tie, pipeline.initiative_person TO mw_pipeline;
GRANT SELECT, INSERT, UPDATE ON pipeline.known_addresses TO mw_pipeline;

-- ------------------------------------------------------------------------------------------------- what bars

-- Who applies. One who applies together with others is added here.
CREATE VIEW pipeline.initiative_party WITH (security_invoker = true) AS
SELECT i.id AS initiative_id, i.round_id, i.applicant_id AS organisation_id
FROM pipeline.initiative i;

-- What both sides are tied to. A firm that registered twice is one firm by its KvK number.
CREATE VIEW pipeline.initiative_tie WITH (security_invoker = true) AS
SELECT p.initiative_id, 'organisation' AS kind, p.organisation_id::text AS value FROM pipeline.initiative_party p
UNION ALL
SELECT p.initiative_id, 'kvk', o.kvk_number
FROM pipeline.initiative_party p JOIN pipeline.known_organisation o ON o.id = p.organisation_id WHERE o.kvk_number IS NOT NULL
UNION ALL
SELECT p.initiative_id, t.kind, t.value FROM pipeline.initiative_person p JOIN pipeline.tie t ON t.account_id = p.account_id
UNION ALL
SELECT p.initiative_id, 'person', p.account_id::text FROM pipeline.initiative_person p;

CREATE VIEW pipeline.juror_tie WITH (security_invoker = true) AS
SELECT j.id AS juror_id, 'organisation' AS kind, j.organisation_id::text AS value FROM pipeline.juror j
UNION ALL
SELECT j.id, 'kvk', o.kvk_number FROM pipeline.juror j JOIN pipeline.known_organisation o ON o.id = j.organisation_id WHERE o.kvk_number IS NOT NULL
UNION ALL
SELECT j.id, t.kind, t.value FROM pipeline.juror j JOIN pipeline.tie t ON t.account_id = j.account_id
UNION ALL
SELECT j.id, 'person', j.account_id::text FROM pipeline.juror j;

-- Every ground on which a juror may not judge an initiative of their round: declared, or a path of two from one to the other over
-- something that both are tied to; or they belong to who runs the round and reads who applies, or their organisation applies itself in a
-- round of which that is the rule.
CREATE VIEW pipeline.bar WITH (security_invoker = true) AS
SELECT j.id AS juror_id, j.round_id, c.initiative_id, 'declared' AS ground
FROM pipeline.juror j JOIN pipeline.conflict c ON c.account_id = j.account_id AND c.round_id = j.round_id
UNION
SELECT j.id, j.round_id, i.id, a.kind
FROM pipeline.juror j
JOIN pipeline.juror_tie a ON a.juror_id = j.id
JOIN pipeline.initiative_tie b ON b.kind = a.kind AND b.value = a.value
JOIN pipeline.initiative i ON i.id = b.initiative_id AND i.round_id = j.round_id
UNION
SELECT j.id, j.round_id, i.id, 'manages'
FROM pipeline.juror j
JOIN pipeline.juror_tie a ON a.juror_id = j.id AND a.kind = 'organisation' AND a.value = j.manager_id::text
JOIN pipeline.initiative i ON i.round_id = j.round_id
UNION
SELECT j.id, j.round_id, i.id, 'applies'
FROM pipeline.juror j
JOIN pipeline.round r ON r.id = j.round_id AND r.conflict_policy = 'no_vote'
JOIN pipeline.initiative_party p ON p.round_id = j.round_id AND p.organisation_id = j.organisation_id
JOIN pipeline.initiative own ON own.id = p.initiative_id AND own.submitted_at IS NOT NULL
JOIN pipeline.initiative i ON i.round_id = j.round_id;

CREATE FUNCTION pipeline.is_barred (judge uuid, judged uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT EXISTS (SELECT FROM bar WHERE juror_id = judge AND initiative_id = judged)
$$;

-- What the caller may read as a juror: nothing before they said where they are not impartial, nor while their addresses are not
-- compared, and never what bars them.
CREATE FUNCTION pipeline.open_dossiers () RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT d.id
    FROM juror j
    JOIN round r ON r.id = j.round_id AND r.state IN ('scoring', 'deliberation', 'decided', 'running', 'table', 'concluded')
    JOIN dossier d ON d.round_id = j.round_id AND d.state = 'shown'
    WHERE j.account_id = app.account () AND j.organisation_id = app.org () AND j.state = 'active' AND j.declared_at IS NOT NULL
      AND j.ties_version >= coalesce ((SELECT k.version FROM known_addresses k WHERE k.account_id = j.account_id), 0)
      AND NOT EXISTS (SELECT FROM bar b WHERE b.juror_id = j.id AND b.initiative_id = d.initiative_id)
$$;

-- Of what is presented in a round: who applies and what it is called, for a juror to say where they are not impartial. Which dossier
-- that is, it does not say, and what bars them already is not there.
CREATE FUNCTION pipeline.candidates (judge uuid) RETURNS TABLE (initiative_id uuid, title text, applicant_name text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT d.initiative_id, d.title, o.name
    FROM juror j
    JOIN round r ON r.id = j.round_id AND (r.state = 'presenting' OR r.state = 'scoring' AND j.declared_at IS NULL)
    JOIN dossier d ON d.round_id = j.round_id AND d.state = 'shown'
    LEFT JOIN known_organisation o ON o.id = d.applicant_id
    WHERE j.id = judge AND j.account_id = app.account () AND j.organisation_id = app.org () AND j.state = 'active'
      AND j.ties_version >= coalesce ((SELECT k.version FROM known_addresses k WHERE k.account_id = j.account_id), 0)
      AND NOT EXISTS (SELECT FROM bar b WHERE b.juror_id = j.id AND b.initiative_id = d.initiative_id)
    ORDER BY md5 (d.initiative_id::text || j.id::text)
$$;

CREATE FUNCTION pipeline.applies_in (judged uuid, wanted uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT EXISTS (SELECT FROM dossier WHERE initiative_id = judged AND round_id = wanted)
$$;

-- The grounds in a round, for who runs it.
CREATE FUNCTION pipeline.bars (wanted uuid) RETURNS TABLE (juror_id uuid, initiative_id uuid, grounds text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT b.juror_id, b.initiative_id, array_agg (DISTINCT b.ground ORDER BY b.ground)
    FROM bar b
    JOIN round r ON r.id = b.round_id AND r.manager_id = app.org ()
    JOIN juror j ON j.id = b.juror_id AND j.state = 'active'
    JOIN initiative i ON i.id = b.initiative_id AND i.submitted_at IS NOT NULL
    WHERE b.round_id = wanted
    GROUP BY b.juror_id, b.initiative_id
$$;

-- -------------------------------------------------------------------------------------------- what follows an initiative

-- A dossier is there from the moment that its initiative is presented, and goes when that is taken back.
CREATE FUNCTION pipeline.dossier_follow () RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pipeline AS $$
BEGIN
    IF NEW.state = 'presented' THEN
        INSERT INTO dossier (round_id, initiative_id, manager_id, applicant_id, title, summary, plan, answers, goals, target_groups,
                             municipality, ask_cents, fictional, created_at)
        VALUES (NEW.round_id, NEW.id, NEW.manager_id, NEW.applicant_id, NEW.title, NEW.summary, NEW.plan, nullif (to_jsonb (NEW) -> 'answers', 'null'),
                NEW.goals, NEW.target_groups, NEW.municipality, NEW.ask_cents, NEW.fictional, clock_timestamp ())
        ON CONFLICT (initiative_id) DO UPDATE SET state = 'shown', version = dossier.version + 1;
    ELSIF NEW.state IN ('withdrawn', 'withdrawn_late', 'closed_by_round', 'not_presented', 'eligible') THEN
        UPDATE dossier SET state = 'withdrawn', version = version + 1 WHERE initiative_id = NEW.id AND state = 'shown';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER dossier_follow AFTER UPDATE OF state ON pipeline.initiative
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state) EXECUTE FUNCTION pipeline.dossier_follow ();

-- Numbers are by chance, and given when the jury begins to read.
CREATE FUNCTION pipeline.dossier_number () RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pipeline AS $$
BEGIN
    UPDATE dossier d SET number = n.number
    FROM (SELECT id, row_number () OVER (ORDER BY id) AS number FROM dossier WHERE round_id = NEW.id) n
    WHERE d.id = n.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER dossier_number AFTER UPDATE OF state ON pipeline.round
    FOR EACH ROW WHEN (NEW.state = 'scoring' AND OLD.state <> 'scoring') EXECUTE FUNCTION pipeline.dossier_number ();

-- Whoever writes on an initiative for its applicant is of its team, and stays so.
CREATE FUNCTION pipeline.initiative_written () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF app.account () IS NOT NULL AND app.org () = NEW.applicant_id THEN
        INSERT INTO pipeline.initiative_person (initiative_id, account_id) VALUES (NEW.id, app.account ()) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER initiative_written AFTER INSERT OR UPDATE ON pipeline.initiative
    FOR EACH ROW EXECUTE FUNCTION pipeline.initiative_written ();

-- ---------------------------------------------------------------------------------------------------- who sees what

ALTER TABLE pipeline.juror ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.juror FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.dossier ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.dossier FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.judgement ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.judgement FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.conflict ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.conflict FORCE ROW LEVEL SECURITY;

CREATE POLICY own ON pipeline.juror USING (organisation_id = app.org ());
CREATE POLICY manager ON pipeline.juror FOR SELECT USING (manager_id = app.org ());
CREATE POLICY barring ON pipeline.juror FOR SELECT TO mw_owner USING (true);

CREATE POLICY manager ON pipeline.dossier USING (manager_id = app.org ());
CREATE POLICY juror ON pipeline.dossier FOR SELECT TO mw_pipeline USING (id IN (SELECT pipeline.open_dossiers ()));
CREATE POLICY follows ON pipeline.dossier TO mw_owner USING (true);

CREATE POLICY manager ON pipeline.judgement USING (manager_id = app.org ());
CREATE POLICY juror ON pipeline.judgement FOR SELECT
    USING (dossier_id IN (SELECT pipeline.open_dossiers ()) OR account_id = app.account () AND state = 'recused');
CREATE POLICY own ON pipeline.judgement FOR UPDATE
    USING (account_id = app.account () AND dossier_id IN (SELECT pipeline.open_dossiers ())) WITH CHECK (account_id = app.account ());

CREATE POLICY manager ON pipeline.conflict FOR SELECT USING (manager_id = app.org ());
CREATE POLICY own ON pipeline.conflict FOR INSERT WITH CHECK (account_id = app.account ());
CREATE POLICY barring ON pipeline.conflict FOR SELECT TO mw_owner USING (true);

-- ------------------------------------------------------------------------------------------------------ what is read

CREATE VIEW pipeline.juror_record WITH (security_invoker = true) AS
SELECT j.id, j.round_id, r.number AS round_number, p.name AS programme_name, j.organisation_id, o.name AS organisation_name,
       j.manager_id, j.account_id, j.declared_at, r.scored_by,
       j.ties_version < coalesce ((SELECT k.version FROM pipeline.known_addresses k WHERE k.account_id = j.account_id), 0) AS stale,
       (SELECT count (*) FROM pipeline.judgement x WHERE x.juror_id = j.id AND x.state <> 'recused') AS assigned,
       (SELECT count (*) FROM pipeline.judgement x WHERE x.juror_id = j.id AND x.state = 'locked') AS locked,
       r.state AS round_state, r.conflict_policy,
       s.votes - (SELECT count (*) FROM pipeline.juror x
                  WHERE x.round_id = j.round_id AND x.organisation_id = j.organisation_id AND x.state = 'active') AS places,
       s.votes > 0 AS seated,
       EXISTS (SELECT FROM pipeline.initiative i WHERE i.round_id = j.round_id AND i.applicant_id = j.organisation_id
               AND i.state <> 'withdrawn') AS applies,
       j.state, j.version, j.created_at
FROM pipeline.juror j
JOIN pipeline.round r ON r.id = j.round_id
JOIN pipeline.programme p ON p.id = r.programme_id
LEFT JOIN pipeline.known_organisation o ON o.id = j.organisation_id
CROSS JOIN LATERAL (
    SELECT coalesce (sum (s.votes), 0)::bigint AS votes FROM pipeline.seat s
    WHERE s.programme_id = r.programme_id AND s.organisation_id = j.organisation_id AND s.role = 'jury'
      AND j.created_at::date BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity')) s;

-- A judgement, and its scores for who gave them, for who runs the round, and for who locked their own of the same dossier (or has
-- none, once the jury deliberates). Who may not see the scores does not see that there is a judgement.
CREATE VIEW pipeline.judgement_record WITH (security_invoker = true) AS
SELECT j.id, j.round_id, j.dossier_id, d.number, j.juror_id, j.account_id, j.organisation_id, o.name AS organisation_name, j.manager_id,
       CASE WHEN v.shown THEN j.scores END AS scores, CASE WHEN v.shown THEN j.confidence END AS confidence,
       CASE WHEN v.shown THEN j.remark END AS remark, CASE WHEN v.shown THEN j.abstain END AS abstain,
       CASE WHEN v.shown OR v.runs THEN j.reason END AS reason, CASE WHEN v.shown OR v.runs THEN j.earlier END AS earlier,
       j.locked_at, r.rubric, r.state AS round_state, r.scored_by, j.account_id = app.account () AS mine,
       pipeline.is_barred (j.juror_id, d.initiative_id) AS barred,
       jsonb_array_length (coalesce (j.scores, '[]')) AS scored, j.state, j.version, j.created_at
FROM pipeline.judgement j
JOIN pipeline.round r ON r.id = j.round_id
LEFT JOIN pipeline.dossier d ON d.id = j.dossier_id
LEFT JOIN pipeline.known_organisation o ON o.id = j.organisation_id
CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM pipeline.judgement x WHERE x.dossier_id = j.dossier_id AND x.account_id = app.account () AND x.state = 'locked') AS locked,
           EXISTS (SELECT FROM pipeline.judgement x WHERE x.dossier_id = j.dossier_id AND x.account_id = app.account () AND x.state <> 'recused') AS any,
           EXISTS (SELECT FROM pipeline.juror x WHERE x.round_id = j.round_id AND x.account_id = app.account () AND x.state = 'active') AS juror) own
CROSS JOIN LATERAL (
    SELECT j.manager_id = app.org () AND NOT own.juror AS runs,
           j.account_id = app.account () OR j.state = 'locked' AND (
               own.locked OR j.manager_id = app.org () AND NOT own.juror
               OR NOT own.any AND r.state IN ('deliberation', 'decided', 'running', 'table', 'concluded')) AS shown) v
WHERE v.shown OR j.manager_id = app.org ();

-- The judgements that count, for who runs the round, and for its jury once it deliberates: what somebody gave who turns out to be
-- barred counts no longer.
CREATE VIEW pipeline.judgement_counted WITH (security_invoker = true) AS
SELECT j.round_id, d.initiative_id, j.juror_id, j.scores, j.confidence, j.remark
FROM pipeline.judgement j
JOIN pipeline.dossier d ON d.id = j.dossier_id AND d.state = 'shown'
JOIN pipeline.round r ON r.id = j.round_id
WHERE j.state = 'locked' AND j.abstain IS NOT TRUE AND NOT pipeline.is_barred (j.juror_id, d.initiative_id)
  AND (j.manager_id = app.org () OR r.state IN ('deliberation', 'decided', 'running', 'table', 'concluded'));

-- What one reads of a dossier. A text that the manager replaced is that text, also when it is empty. Who applies is told as the
-- round's blinding says.
CREATE VIEW pipeline.dossier_record WITH (security_invoker = true) AS
SELECT d.id, d.round_id, d.manager_id, d.number,
       CASE WHEN v.named THEN d.title END AS title, CASE WHEN v.named THEN d.applicant_id END AS applicant_id,
       CASE WHEN v.named THEN o.name END AS applicant_name,
       CASE WHEN v.named THEN d.municipality END AS municipality, CASE WHEN v.named THEN m.name END AS municipality_name,
       CASE WHEN d.manager_id = app.org () THEN d.initiative_id END AS initiative_id,
       CASE WHEN d.redactions ? 'summary' THEN d.redactions ->> 'summary' ELSE d.summary END AS summary,
       CASE WHEN d.redactions ? 'plan' THEN d.redactions ->> 'plan' ELSE d.plan END AS plan,
       (SELECT jsonb_agg (CASE WHEN d.redactions ? ('answers.' || (e.value ->> 'code'))
                               THEN e.value || jsonb_build_object ('text', d.redactions ->> ('answers.' || (e.value ->> 'code')))
                               ELSE e.value END ORDER BY e.at)
        FROM jsonb_array_elements (d.answers) WITH ORDINALITY e (value, at)) AS answers,
       d.goals, d.target_groups, d.ask_cents, d.fictional,
       (SELECT jsonb_agg (jsonb_build_object ('field', e.key, 'text', e.value) ORDER BY e.key) FROM jsonb_each_text (d.redactions) e) AS redactions,
       d.masked, mine.id AS judgement_id, mine.state AS judgement_state,
       (SELECT count (*) FROM pipeline.judgement x WHERE x.dossier_id = d.id AND x.state <> 'recused' AND d.manager_id = app.org ()) AS assigned,
       (SELECT count (*) FROM pipeline.judgement_counted c WHERE c.initiative_id = d.initiative_id AND d.manager_id = app.org ()) AS counted,
       r.blinding, r.state AS round_state, d.state, d.version, d.created_at
FROM pipeline.dossier d
JOIN pipeline.round r ON r.id = d.round_id
LEFT JOIN pipeline.known_organisation o ON o.id = d.applicant_id
LEFT JOIN app.municipality m ON m.code = d.municipality
LEFT JOIN pipeline.judgement mine ON mine.dossier_id = d.id AND mine.account_id = app.account ()
CROSS JOIN LATERAL (
    SELECT d.manager_id = app.org () OR r.blinding = 'open' OR r.state IN ('decided', 'running', 'table', 'concluded')
           OR r.blinding = 'until_locked' AND mine.state = 'locked' AS named) v;

REVOKE ALL ON FUNCTION pipeline.is_barred (uuid, uuid), pipeline.open_dossiers (), pipeline.candidates (uuid), pipeline.applies_in (uuid, uuid),
    pipeline.bars (uuid), pipeline.dossier_follow (), pipeline.dossier_number () FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.is_barred (uuid, uuid), pipeline.open_dossiers (), pipeline.candidates (uuid), pipeline.applies_in (uuid, uuid),
    pipeline.bars (uuid) TO mw_pipeline;
GRANT SELECT ON pipeline.juror_record, pipeline.judgement_record, pipeline.judgement_counted, pipeline.dossier_record TO mw_pipeline;

-- What was presented before there were dossiers.
INSERT INTO pipeline.dossier (round_id, initiative_id, manager_id, applicant_id, title, summary, plan, goals, target_groups, municipality,
                              ask_cents, fictional, created_at)
SELECT i.round_id, i.id, i.manager_id, i.applicant_id, i.title, i.summary, i.plan, i.goals, i.target_groups, i.municipality, i.ask_cents,
       i.fictional, i.presented_at
FROM pipeline.initiative i WHERE i.state = 'presented';

-- Who acted for whom before: the stream is read again from its beginning.
UPDATE pipeline.position SET seq = 0, recorded_at = NULL;
