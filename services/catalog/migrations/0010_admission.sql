-- Admission in full: identity, evidence, review by published criteria, suspension, what is open, and the terms.

-- How long something may take, from a day on. Code asks for the name and never knows the number.
CREATE TABLE catalog.term (
    name  text NOT NULL,
    since date NOT NULL,
    lasts interval NOT NULL,
    PRIMARY KEY (name, since)
);
INSERT INTO catalog.term (name, since, lasts) VALUES
    ('recheck', '2023-01-01', '24 months'),
    ('recheck_answer', '2023-01-01', '3 months'),
    ('provisional', '2023-01-01', '24 months'),
    ('suspension_confirmed', '2023-01-01', '5 days'),
    ('objection', '2023-01-01', '42 days');
GRANT SELECT ON catalog.term TO mw_catalog;
CREATE FUNCTION catalog.term_of (asked text, at timestamptz) RETURNS interval
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT t.lasts FROM catalog.term t
     WHERE t.name = asked AND t.since <= (at AT TIME ZONE 'Europe/Amsterdam')::date
     ORDER BY t.since DESC LIMIT 1
$$;

-- What is asked of who wants to take part; every refusal names one that is in force.
CREATE TABLE catalog.criterion (
    code        text PRIMARY KEY,
    name        text NOT NULL,
    name_en     text NOT NULL,
    source      text NOT NULL,
    valid_from  date NOT NULL,
    valid_until date
);
INSERT INTO catalog.criterion (code, name, name_en, source, valid_from) VALUES
    ('identity', 'De organisatie bestaat en is wie zij zegt te zijn.',
     'The organisation exists and is who it says it is.', 'Handelsregister', '2023-01-01'),
    ('mission', 'De maatschappelijke missie is vastgelegd en meetbaar.',
     'The social mission is laid down and can be measured.', 'Code Sociale Ondernemingen, principe 1', '2023-01-01'),
    ('stakeholders', 'De onderneming overlegt met wie zij raakt.',
     'The enterprise consults those whom it affects.', 'Code Sociale Ondernemingen, principe 2', '2023-01-01'),
    ('finance', 'Winst dient de missie; minstens de helft van de inkomsten komt uit de markt.',
     'Profit serves the mission; at least half of the income is from the market.',
     'Code Sociale Ondernemingen, principe 3', '2023-01-01'),
    ('implementation', 'De werkwijze past bij de missie: registratie, beloning en omgang zijn in orde.',
     'The way of working fits the mission: registration, pay and conduct are in order.',
     'Code Sociale Ondernemingen, principe 4', '2023-01-01'),
    ('transparency', 'De onderneming vertelt elk jaar wat zij bereikt.',
     'The enterprise tells every year what it achieves.', 'Code Sociale Ondernemingen, principe 5', '2023-01-01'),
    ('independence', 'De onderneming is onafhankelijk van overheid en andere bedrijven.',
     'The enterprise is independent of government and of other companies.',
     'Register Sociale Ondernemingen', '2023-01-01'),
    ('legal_form', 'De rechtsvorm past: bv, nv, stichting, coöperatie, cv of maatschap.',
     'The legal form fits: bv, nv, foundation, cooperative, cv or maatschap.',
     'Register Sociale Ondernemingen', '2023-01-01'),
    ('honest_label', 'Keurmerken zijn echt en nog geldig.', 'Marks are genuine and still hold.',
     'Voorwaarden van de markt', '2023-01-01'),
    ('conduct', 'De organisatie houdt zich aan de voorwaarden van de markt.',
     'The organisation keeps to the conditions of the market.', 'Voorwaarden van de markt', '2023-01-01');
GRANT SELECT ON catalog.criterion TO mw_catalog;

-- A list of the trade register, as it was loaded last: public, and the same for everybody. Empty: nothing is looked up.
CREATE TABLE catalog.kvk_register (
    number     text PRIMARY KEY CHECK (number ~ '^[0-9]{8}$'),
    name       text NOT NULL,
    legal_form text,
    ended_on   date
);
GRANT SELECT, INSERT, UPDATE ON catalog.kvk_register TO mw_catalog;

ALTER TABLE catalog.organisation
    DROP CONSTRAINT organisation_state_check,
    ADD CONSTRAINT organisation_state_check CHECK (state IN (
        'registered', 'identity_checked', 'evidence_due', 'under_review', 'admitted', 'provisional', 'recheck_due',
        'suspended', 'lapsed', 'refused', 'removed', 'leaving', 'left', 'ended')),
    ADD COLUMN legal_form             text,
    ADD COLUMN labels_checked         jsonb,
    ADD COLUMN closed_from            date,
    ADD COLUMN closed_until           date,
    ADD COLUMN at_capacity            boolean,
    ADD COLUMN criterion              text REFERENCES catalog.criterion,
    ADD COLUMN decision               text,
    ADD COLUMN decided_at             timestamptz,
    ADD COLUMN due_at                 timestamptz,
    ADD COLUMN due_before             timestamptz, -- a suspension
    ADD COLUMN suspended_by           uuid,
    ADD COLUMN suspended_from         text,
    ADD COLUMN suspension_confirmed_by uuid;
UPDATE catalog.organisation SET labels_checked = labels WHERE state = 'admitted';

CREATE FUNCTION catalog.takes_part (state text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT state IN ('admitted', 'provisional', 'recheck_due')
$$;

-- The marks to show: claimed, seen by a moderator exactly so, with proof, and valid on the day that it is in the
-- Netherlands.
CREATE FUNCTION catalog.labels_shown (claimed jsonb, checked jsonb, at timestamptz) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_agg (label ORDER BY place)
      FROM jsonb_array_elements (claimed) WITH ORDINALITY AS each (label, place),
           LATERAL (SELECT (at AT TIME ZONE 'Europe/Amsterdam')::date AS day) AS today
     WHERE checked @> jsonb_build_array (label)
       AND coalesce (label ->> 'evidence_url', label ->> 'evidence_id') IS NOT NULL
       AND coalesce ((label ->> 'valid_from')::date, day) <= day
       AND coalesce ((label ->> 'valid_until')::date, day) >= day
$$;

-- When an admission has to be looked at again: at the end of its term, or of the first label that ends.
CREATE FUNCTION catalog.recheck_at (claimed jsonb, at timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT least (at + catalog.term_of ('recheck', at),
                  min (((label ->> 'valid_until')::date + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'))
      FROM jsonb_array_elements (catalog.labels_shown (claimed, claimed, at)) AS each (label)
$$;

-- How often a moderator decided on an enterprise: three times, then it is somebody else's turn.
CREATE TABLE catalog.review (
    organisation_id uuid NOT NULL REFERENCES catalog.organisation,
    account_id      uuid NOT NULL,
    turn            integer NOT NULL CONSTRAINT reviewed_thrice CHECK (turn <= 3),
    reviewed_at     timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, account_id, turn)
);
ALTER TABLE catalog.review ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.review FORCE ROW LEVEL SECURITY;
CREATE POLICY moderator ON catalog.review USING (app.may (512));
GRANT SELECT, INSERT ON catalog.review TO mw_catalog;

-- Orders and invoices as the stream tells of them: who deals with whom, and what is still open.
CREATE TABLE catalog.known_order (
    id             uuid PRIMARY KEY,
    buyer_id       uuid NOT NULL,
    supplier_id    uuid NOT NULL,
    total_cents    bigint NOT NULL,
    accepted_cents bigint NOT NULL DEFAULT 0,
    open           boolean NOT NULL
);
CREATE INDEX known_order_by_buyer ON catalog.known_order (buyer_id, supplier_id);
CREATE INDEX known_order_by_supplier ON catalog.known_order (supplier_id, buyer_id);
CREATE TABLE catalog.known_invoice (
    id          uuid PRIMARY KEY,
    buyer_id    uuid NOT NULL,
    supplier_id uuid NOT NULL,
    gross_cents bigint NOT NULL,
    paid_cents  bigint NOT NULL DEFAULT 0,
    open        boolean NOT NULL
);
CREATE INDEX known_invoice_by_buyer ON catalog.known_invoice (buyer_id);
CREATE INDEX known_invoice_by_supplier ON catalog.known_invoice (supplier_id);
ALTER TABLE catalog.known_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.known_order FORCE ROW LEVEL SECURITY;
ALTER TABLE catalog.known_invoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.known_invoice FORCE ROW LEVEL SECURITY;
CREATE POLICY system ON catalog.known_order USING (app.may (4096));
CREATE POLICY party ON catalog.known_order FOR SELECT USING (app.org () IN (buyer_id, supplier_id));
CREATE POLICY system ON catalog.known_invoice USING (app.may (4096));
CREATE POLICY party ON catalog.known_invoice FOR SELECT USING (app.org () IN (buyer_id, supplier_id));
GRANT SELECT, INSERT, UPDATE ON catalog.known_order, catalog.known_invoice TO mw_catalog;

-- An organisation as it is read, with what its guards ask about the caller.
CREATE VIEW catalog.organisation_record WITH (security_invoker = true) AS
SELECT o.id, o.name, o.kind, o.kvk_number, o.legal_form, o.municipality, place.name AS municipality_name, o.mission,
       o.website, o.goals, o.target_groups, o.staff, o.staff_target_group, o.labels AS label_claims,
       catalog.labels_shown (o.labels, o.labels_checked, now ()) AS labels,
       o.fictional, o.closed_from, o.closed_until, o.at_capacity,
       CASE WHEN o.kvk_number IS NULL OR NOT EXISTS (SELECT FROM catalog.kvk_register) THEN 'not_looked_up'
            WHEN kvk.number IS NULL THEN 'not_found'
            WHEN kvk.ended_on <= (now () AT TIME ZONE 'Europe/Amsterdam')::date THEN 'ended'
            WHEN regexp_replace (lower (kvk.name), '\W', '', 'g') = regexp_replace (lower (o.name), '\W', '', 'g')
            THEN 'matches' ELSE 'other_name' END AS kvk_check,
       kvk.name AS kvk_name, kvk.legal_form AS kvk_legal_form, o.criterion, o.decision, o.decided_at, o.due_at,
       catalog.takes_part (o.state) AS takes_part,
       coalesce (o.id = app.org (), false)
           OR EXISTS (SELECT FROM catalog.member m WHERE m.id = o.id AND m.account_id = app.account ())
           OR EXISTS (SELECT FROM catalog.known_order k
                       WHERE (k.buyer_id = app.org () AND k.supplier_id = o.id)
                          OR (k.supplier_id = app.org () AND k.buyer_id = o.id)) AS tied,
       NOT EXISTS (SELECT FROM catalog.known_order k WHERE k.open AND o.id IN (k.buyer_id, k.supplier_id))
           AND NOT EXISTS (SELECT FROM catalog.known_invoice k WHERE k.open AND o.id IN (k.buyer_id, k.supplier_id))
           AS settled,
       coalesce (o.suspended_by = app.account (), false) AS suspended_by_caller,
       o.suspension_confirmed_by IS NOT NULL AS suspension_confirmed, o.suspended_from,
       o.labels IS DISTINCT FROM o.labels_checked AND jsonb_array_length (o.labels) > 0 AS claims_open,
       o.state, o.version, o.created_at
  FROM catalog.organisation o
  LEFT JOIN app.municipality place ON place.code = o.municipality
  LEFT JOIN catalog.kvk_register kvk ON kvk.number = o.kvk_number;
GRANT SELECT ON catalog.organisation_record TO mw_catalog;

-- Who takes part is public, and so are their offers; nobody else is.
DROP POLICY public ON catalog.organisation;
CREATE POLICY public ON catalog.organisation FOR SELECT USING (catalog.takes_part (state));
DROP POLICY public ON catalog.offer;
CREATE POLICY public ON catalog.offer FOR SELECT USING (state = 'published' AND EXISTS (
    SELECT FROM catalog.organisation o WHERE o.id = supplier_id AND catalog.takes_part (o.state)));
