-- The financing table (deploy/decisions/0045-table.md): what initiatives ask, what financiers pledge, and that the end of an agreement
-- brings back what rests on it.

CREATE TABLE pipeline.ask (
    id               uuid PRIMARY KEY,
    initiative_id    uuid NOT NULL REFERENCES pipeline.initiative,
    round_id         uuid NOT NULL REFERENCES pipeline.round,
    programme_id     uuid NOT NULL REFERENCES pipeline.programme,
    applicant_id     uuid NOT NULL,
    manager_id       uuid NOT NULL,
    amount_cents     bigint CHECK (amount_cents > 0),
    min_viable_cents bigint CHECK (min_viable_cents BETWEEN 1 AND amount_cents),
    kinds            text[],
    text             text,
    follow_until     timestamptz,
    fictional        boolean,
    state            text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'complete', 'open', 'follow_up', 'closed', 'ended')),
    version          bigint NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL,
    CONSTRAINT ask_once UNIQUE (initiative_id),
    CHECK (state IN ('draft', 'ended') OR (amount_cents IS NOT NULL AND min_viable_cents IS NOT NULL))
);
CREATE INDEX ask_by_round ON pipeline.ask (round_id);

CREATE TABLE pipeline.pledge (
    id            uuid PRIMARY KEY,
    ask_id        uuid NOT NULL REFERENCES pipeline.ask,
    initiative_id uuid NOT NULL REFERENCES pipeline.initiative,
    round_id      uuid NOT NULL REFERENCES pipeline.round,
    programme_id  uuid NOT NULL REFERENCES pipeline.programme,
    financier_id  uuid NOT NULL,
    applicant_id  uuid NOT NULL,
    manager_id    uuid NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('loan', 'gift', 'subsidy', 'guarantee', 'equity', 'in_kind', 'order', 'crowdfunding')),
    amount_cents  bigint NOT NULL CHECK (amount_cents > 0),
    conditions    jsonb,
    text          text,
    interest      text,
    expires_at    timestamptz,
    failed        bigint,
    shown         boolean NOT NULL DEFAULT false, -- to those at the table; a draft that is dropped never is
    fictional     boolean,
    state         text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'indicated', 'committed', 'firm', 'paid_out', 'lapsed',
                                                                 'condition_failed', 'withdrawn')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL
);
CREATE INDEX pledge_by_ask ON pipeline.pledge (ask_id, id);
CREATE INDEX pledge_by_financier ON pipeline.pledge (financier_id, id);
CREATE INDEX pledge_by_round ON pipeline.pledge (round_id, id);
CREATE INDEX pledge_on_agreement ON pipeline.pledge (applicant_id) WHERE state = 'firm';

-- Whether the caller sits at a programme's table as a financier today.
CREATE FUNCTION pipeline.finances (programme uuid) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM pipeline.seat s
               WHERE s.programme_id = programme AND s.organisation_id = app.org () AND s.role = 'financier' AND s.state = 'taken'
                 AND current_date BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity'));

ALTER TABLE pipeline.ask ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.ask FORCE ROW LEVEL SECURITY;
CREATE POLICY ask_begun ON pipeline.ask FOR INSERT WITH CHECK (applicant_id = app.org ());
CREATE POLICY ask_read ON pipeline.ask FOR SELECT
    USING (app.org () IN (applicant_id, manager_id) OR (state IN ('open', 'follow_up', 'closed') AND pipeline.finances (programme_id)));
CREATE POLICY ask_moved ON pipeline.ask FOR UPDATE USING (app.org () IN (applicant_id, manager_id));

-- At the table everybody sees what the others offer: they rest on each other.
ALTER TABLE pipeline.pledge ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.pledge FORCE ROW LEVEL SECURITY;
CREATE POLICY pledge_begun ON pipeline.pledge FOR INSERT WITH CHECK (financier_id = app.org ());
CREATE POLICY pledge_read ON pipeline.pledge FOR SELECT
    USING (financier_id = app.org ()
           OR (shown AND (app.org () IN (applicant_id, manager_id) OR pipeline.finances (programme_id))));
CREATE POLICY pledge_moved ON pipeline.pledge FOR UPDATE
    USING (financier_id = app.org () OR (shown AND app.org () IN (applicant_id, manager_id)));

-- No more is promised than is asked. A pledge's own lock is that of its ask, so two at once see each other.
CREATE FUNCTION pipeline.room_on_ask () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.amount_cents + (SELECT coalesce (sum (p.amount_cents), 0) FROM pipeline.pledge p
                           WHERE p.ask_id = NEW.ask_id AND p.id <> NEW.id AND p.state IN ('committed', 'firm', 'paid_out'))
       > (SELECT a.amount_cents FROM pipeline.ask a WHERE a.id = NEW.ask_id) THEN
        RAISE check_violation USING CONSTRAINT = 'room_on_ask', MESSAGE = 'room_on_ask';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER room_on_ask BEFORE UPDATE OF state, amount_cents ON pipeline.pledge
    FOR EACH ROW WHEN (NEW.state IN ('committed', 'firm')) EXECUTE FUNCTION pipeline.room_on_ask ();

-- How long talks go on after the table: as in the first rounds, some months.
CREATE TABLE pipeline.follow_up_term (
    valid_from date PRIMARY KEY,
    months     bigint NOT NULL CHECK (months BETWEEN 1 AND 24)
);
INSERT INTO pipeline.follow_up_term VALUES ('2016-01-01', 3);
CREATE FUNCTION pipeline.follow_until (since timestamptz) RETURNS timestamptz LANGUAGE sql STABLE
RETURN (SELECT ((since AT TIME ZONE 'Europe/Amsterdam') + t.months * interval '1 month') AT TIME ZONE 'Europe/Amsterdam'
        FROM pipeline.follow_up_term t
        WHERE t.valid_from <= (since AT TIME ZONE 'Europe/Amsterdam')::date
        ORDER BY t.valid_from DESC LIMIT 1);

-- Whether an agreement by which somebody supplies is in force, or was completed: all that a financier learns of it, who is no party to it.
-- So it runs as the owner of the tables.
CREATE POLICY agreement_weighed ON pipeline.agreement FOR SELECT TO mw_owner USING (true);
CREATE FUNCTION pipeline.agreement_stands (agreement uuid, supplier uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT FROM pipeline.agreement a
                   WHERE a.supplier_id = agreement_stands.supplier AND (agreement_stands.agreement IS NULL OR a.id = agreement_stands.agreement)
                     AND a.state IN ('in_force', 'completed'))
$$;
REVOKE ALL ON FUNCTION pipeline.agreement_stands (uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.agreement_stands (uuid, uuid) TO mw_pipeline;

-- When an agreement ends, what binds because of it is looked at again: written down in the very transaction, and done by the clock, as
-- the ask's applicant. Who ends an agreement need not know that somebody lent money on it, and cannot be stopped by it.
CREATE POLICY pledge_weighed ON pipeline.pledge FOR SELECT TO mw_owner USING (true);
CREATE FUNCTION pipeline.agreement_fell () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO pipeline.timer (noun, thing_id, command, org, due_at, try_at)
    SELECT DISTINCT 'ask', p.ask_id, 'recheck', p.applicant_id, now (), clock_timestamp ()
    FROM pipeline.pledge p
    WHERE p.applicant_id = NEW.supplier_id AND p.state = 'firm' AND p.conditions @> '[{"wish": "agreement"}]'
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION pipeline.agreement_fell () FROM PUBLIC;
CREATE TRIGGER agreement_fell AFTER UPDATE OF state ON pipeline.agreement
    FOR EACH ROW WHEN (OLD.state = 'in_force' AND NEW.state IN ('terminated', 'expired', 'void'))
    EXECUTE FUNCTION pipeline.agreement_fell ();

-- Whether conditions ask for an agreement that is not there, or not any more.
CREATE FUNCTION pipeline.agreement_missing (conditions jsonb, applicant uuid) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM jsonb_array_elements (coalesce (conditions, '[]')) c
               WHERE c ->> 'wish' = 'agreement' AND NOT pipeline.agreement_stands ((c ->> 'agreement_id')::uuid, applicant));

CREATE VIEW pipeline.ask_record WITH (security_invoker = true) AS
SELECT a.id, a.initiative_id, a.round_id, a.programme_id, a.applicant_id, o.name AS applicant_name, a.manager_id, i.title, a.amount_cents,
       a.min_viable_cents, a.kinds, a.text, by_kind.sums, coalesce (total.indicated_cents, 0) AS indicated_cents,
       coalesce (total.committed_cents, 0) AS committed_cents, coalesce (total.firm_cents, 0) AS firm_cents, a.follow_until, a.fictional,
       i.state AS initiative_state,
       CASE WHEN EXISTS (SELECT FROM pipeline.pledge p WHERE p.ask_id = a.id AND p.state = 'firm' AND pipeline.agreement_missing (p.conditions, p.applicant_id))
            THEN a.created_at END AS recheck_at,
       a.state, a.version, a.created_at
FROM pipeline.ask a
LEFT JOIN pipeline.initiative i ON i.id = a.initiative_id
LEFT JOIN pipeline.known_organisation o ON o.id = a.applicant_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_build_object ('kind', s.kind, 'indicated_cents', s.indicated, 'committed_cents', s.committed, 'firm_cents', s.firm)
                     ORDER BY s.kind) AS sums
    FROM (SELECT p.kind, coalesce (sum (p.amount_cents) FILTER (WHERE p.state = 'indicated'), 0)::bigint AS indicated,
                 coalesce (sum (p.amount_cents) FILTER (WHERE p.state = 'committed'), 0)::bigint AS committed,
                 coalesce (sum (p.amount_cents) FILTER (WHERE p.state IN ('firm', 'paid_out')), 0)::bigint AS firm
          FROM pipeline.pledge p
          WHERE p.ask_id = a.id AND p.state IN ('indicated', 'committed', 'firm', 'paid_out')
          GROUP BY p.kind) s) by_kind
CROSS JOIN LATERAL (
    SELECT sum (p.amount_cents) FILTER (WHERE p.state = 'indicated')::bigint AS indicated_cents,
           sum (p.amount_cents) FILTER (WHERE p.state = 'committed')::bigint AS committed_cents,
           sum (p.amount_cents) FILTER (WHERE p.state IN ('firm', 'paid_out'))::bigint AS firm_cents
    FROM pipeline.pledge p WHERE p.ask_id = a.id) total;

CREATE VIEW pipeline.pledge_record WITH (security_invoker = true) AS
SELECT p.id, p.ask_id, p.initiative_id, p.round_id, i.title, p.financier_id, f.name AS financier_name, p.applicant_id, p.manager_id, p.kind,
       p.amount_cents, p.conditions, p.text, p.interest, p.expires_at, p.failed, p.fictional,
       EXISTS (SELECT FROM pipeline.seat s
               WHERE s.programme_id = p.programme_id AND s.organisation_id = p.financier_id AND s.role = 'financier' AND s.state = 'taken'
                 AND current_date BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity')) AS has_seat,
       p.financier_id = p.applicant_id AS tied,
       a.kinds IS NULL OR p.kind = ANY (a.kinds) AS wanted, a.amount_cents AS ask_cents,
       (SELECT coalesce (sum (q.amount_cents), 0)::bigint FROM pipeline.pledge q
        WHERE q.ask_id = p.ask_id AND q.id <> p.id AND q.state IN ('committed', 'firm', 'paid_out')) AS taken_cents,
       a.state AS ask_state, p.state, p.version, p.created_at
FROM pipeline.pledge p
LEFT JOIN pipeline.ask a ON a.id = p.ask_id
LEFT JOIN pipeline.initiative i ON i.id = p.initiative_id
LEFT JOIN pipeline.known_organisation f ON f.id = p.financier_id;

GRANT SELECT, INSERT, UPDATE ON pipeline.ask, pipeline.pledge TO mw_pipeline;
GRANT SELECT ON pipeline.ask_record, pipeline.pledge_record, pipeline.follow_up_term TO mw_pipeline;
