-- Agreements: one award over several orders at its own prices, or a framework from which is called off;
-- change orders within a cap; and orders above the mandate of who places them, which a second person decides.

-- How far all changes of an agreement together may go, in millionths of what was agreed (Aanbestedingswet
-- 2012, art. 2.163b: 10 %; works 15 %). A lawyer has to confirm it for a case at its edge.
CREATE TABLE pipeline.change_cap (
    kind       text NOT NULL CHECK (kind IN ('product', 'service', 'work')),
    valid_from date NOT NULL,
    cap_ppm    bigint NOT NULL CHECK (cap_ppm BETWEEN 0 AND 1000000),
    PRIMARY KEY (kind, valid_from)
);

INSERT INTO pipeline.change_cap VALUES
    ('product', '2016-07-01', 100000), ('service', '2016-07-01', 100000), ('work', '2016-07-01', 150000);

CREATE TABLE pipeline.agreement (
    id                 uuid PRIMARY KEY,
    quote_id           uuid NOT NULL REFERENCES pipeline.quote,
    need_id            uuid NOT NULL REFERENCES pipeline.need,
    title              text NOT NULL,
    kind               text NOT NULL CHECK (kind IN ('single', 'framework')),
    buyer_id           uuid NOT NULL,
    supplier_id        uuid NOT NULL,
    municipality       text NOT NULL,
    sector             text,
    fictional          boolean NOT NULL,
    ends_at            timestamptz,
    sign_by            timestamptz,
    buyer_signed_at    timestamptz,
    supplier_signed_at timestamptz,
    end_reason         text,
    cap_cents          bigint NOT NULL,
    changed_cents      bigint NOT NULL DEFAULT 0,
    state              text NOT NULL DEFAULT 'drafted' CHECK (state IN (
                           'drafted', 'signed_by_one', 'in_force', 'completed', 'terminated', 'expired', 'void')),
    version            bigint NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL,
    CONSTRAINT within_change_cap CHECK (changed_cents <= cap_cents)
);

CREATE UNIQUE INDEX agreed_once ON pipeline.agreement (quote_id) WHERE state <> 'void';
CREATE INDEX agreement_by_buyer ON pipeline.agreement (buyer_id, id DESC);
CREATE INDEX agreement_by_supplier ON pipeline.agreement (supplier_id, id DESC);

-- What was agreed, at which price, and how much of it was called off: prices never change.
CREATE TABLE pipeline.agreement_line (
    id               uuid PRIMARY KEY,
    agreement_id     uuid NOT NULL REFERENCES pipeline.agreement,
    no               bigint NOT NULL,
    buyer_id         uuid NOT NULL,
    supplier_id      uuid NOT NULL,
    description      text NOT NULL,
    unit             text NOT NULL,
    unit_price_cents bigint NOT NULL CHECK (unit_price_cents >= 0),
    vat              text NOT NULL CHECK (vat IN ('high', 'low', 'zero')),
    agreed           bigint NOT NULL CHECK (agreed >= 0),
    called_off       bigint NOT NULL DEFAULT 0 CHECK (called_off >= 0),
    UNIQUE (agreement_id, no),
    CONSTRAINT within_framework CHECK (called_off <= agreed)
);

ALTER TABLE pipeline.agreement ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.agreement FORCE ROW LEVEL SECURITY;
CREATE POLICY agreement_drafted ON pipeline.agreement FOR INSERT
    WITH CHECK (buyer_id = app.org ());
CREATE POLICY agreement_read ON pipeline.agreement FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY agreement_moved ON pipeline.agreement FOR UPDATE
    USING (buyer_id = app.org () OR supplier_id = app.org ());
ALTER TABLE pipeline.agreement_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.agreement_line FORCE ROW LEVEL SECURITY;
CREATE POLICY agreement_line_drafted ON pipeline.agreement_line FOR INSERT
    WITH CHECK (buyer_id = app.org ());
CREATE POLICY agreement_line_read ON pipeline.agreement_line FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY agreement_line_counted ON pipeline.agreement_line FOR UPDATE
    USING (buyer_id = app.org () OR supplier_id = app.org ());

CREATE TABLE pipeline.change_order (
    id           uuid PRIMARY KEY,
    agreement_id uuid NOT NULL REFERENCES pipeline.agreement,
    buyer_id     uuid NOT NULL,
    supplier_id  uuid NOT NULL,
    asked_by     uuid NOT NULL CHECK (asked_by IN (buyer_id, supplier_id)),
    cause        text NOT NULL CHECK (cause IN ('clause', 'additional', 'unforeseen', 'minor')),
    lines        jsonb NOT NULL,
    delta_cents  bigint NOT NULL,
    reason       text NOT NULL,
    state        text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'accepted', 'applied', 'declined')),
    version      bigint NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL
);

CREATE INDEX change_order_by_agreement ON pipeline.change_order (agreement_id, id DESC);
CREATE INDEX change_order_by_buyer ON pipeline.change_order (buyer_id, id DESC);
CREATE INDEX change_order_by_supplier ON pipeline.change_order (supplier_id, id DESC);
ALTER TABLE pipeline.change_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.change_order FORCE ROW LEVEL SECURITY;
CREATE POLICY change_order_asked ON pipeline.change_order FOR INSERT
    WITH CHECK (asked_by = app.org ());
CREATE POLICY change_order_read ON pipeline.change_order FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY change_order_moved ON pipeline.change_order FOR UPDATE
    USING (buyer_id = app.org () OR supplier_id = app.org ());

-- Orders of an agreement, and orders that wait for a second person, which the supplier does not see.
ALTER TABLE pipeline.purchase_order
    ADD COLUMN agreement_id uuid REFERENCES pipeline.agreement,
    ADD COLUMN withheld boolean NOT NULL DEFAULT false,
    ADD COLUMN authorised_by uuid,
    DROP CONSTRAINT purchase_order_state_check,
    ADD CONSTRAINT purchase_order_state_check
        CHECK (state IN ('awaiting', 'placed', 'confirmed', 'refused', 'lapsed', 'cancelled'));
ALTER TABLE pipeline.order_line ADD COLUMN agreement_line_id uuid REFERENCES pipeline.agreement_line;
CREATE INDEX purchase_order_by_agreement ON pipeline.purchase_order (agreement_id) WHERE agreement_id IS NOT NULL;

DROP INDEX pipeline.ordered_once;
CREATE UNIQUE INDEX ordered_once ON pipeline.purchase_order (quote_id)
    WHERE state NOT IN ('refused', 'lapsed', 'cancelled') AND agreement_id IS NULL;

ALTER POLICY order_read ON pipeline.purchase_order
    USING (buyer_id = app.org () OR (supplier_id = app.org () AND NOT withheld));
ALTER POLICY order_moved ON pipeline.purchase_order
    USING (buyer_id = app.org () OR (supplier_id = app.org () AND NOT withheld));

-- Up to how much a person may decide for an organisation on that day; NULL without a mandate.
CREATE FUNCTION pipeline.mandate_cents (organisation uuid, account uuid, day date) RETURNS bigint
LANGUAGE sql STABLE
RETURN (SELECT max (m.max_cents) FROM pipeline.mandate m
        WHERE m.organisation_id = mandate_cents.organisation AND m.account_id = mandate_cents.account
          AND m.state = 'given' AND m.valid_from <= mandate_cents.day
          AND (m.valid_until IS NULL OR m.valid_until >= mandate_cents.day));

-- Is this sum, with what was ordered from that supplier in the window of the buyer's policy, above the
-- mandate of who orders? Splitting does not help. What was awarded was decided within a mandate already,
-- so who has none may order it; who has one is held to it.
CREATE FUNCTION pipeline.above_mandate (buyer uuid, account uuid, supplier uuid, cents bigint, at timestamptz)
RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce (above_mandate.cents + (
    SELECT coalesce (sum ((l.ordered - l.cancelled) * l.unit_price_cents), 0)
    FROM pipeline.policy_of (above_mandate.buyer, pipeline.dutch_day (above_mandate.at)) p
    JOIN pipeline.purchase_order o ON o.buyer_id = above_mandate.buyer
        AND o.supplier_id = above_mandate.supplier AND o.state IN ('awaiting', 'placed', 'confirmed')
        AND o.created_at > above_mandate.at - make_interval (days => p.window_days::int)
    JOIN pipeline.order_line l ON l.order_id = o.id)
    > pipeline.mandate_cents (above_mandate.buyer, above_mandate.account,
                              pipeline.dutch_day (above_mandate.at)), false);

CREATE VIEW pipeline.agreement_record WITH (security_invoker = true) AS
SELECT a.id, a.quote_id, a.need_id, a.title, a.kind, a.buyer_id, buyer.name AS buyer_name,
       a.supplier_id, supplier.name AS supplier_name, line.lines, line.total_cents,
       line.called_off_cents, a.cap_cents, a.changed_cents, a.ends_at, a.sign_by, a.buyer_signed_at,
       a.supplier_signed_at, a.end_reason, a.fictional, line.open_units, n.state AS need_state,
       q.state AS quote_state, a.state, a.version, a.created_at
FROM pipeline.agreement a
JOIN pipeline.need n ON n.id = a.need_id
JOIN pipeline.quote q ON q.id = a.quote_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_build_object (
               'id', l.id, 'no', l.no, 'description', l.description, 'unit', l.unit,
               'unit_price_cents', l.unit_price_cents, 'vat', l.vat, 'agreed', l.agreed,
               'called_off', l.called_off) ORDER BY l.no) AS lines,
           sum (l.agreed * l.unit_price_cents)::bigint AS total_cents,
           sum (l.called_off * l.unit_price_cents)::bigint AS called_off_cents,
           sum (l.agreed - l.called_off)::bigint AS open_units
    FROM pipeline.agreement_line l WHERE l.agreement_id = a.id) line
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = a.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = a.supplier_id;

CREATE VIEW pipeline.change_order_record WITH (security_invoker = true) AS
SELECT c.id, c.agreement_id, c.buyer_id, c.supplier_id, c.asked_by, c.cause, c.lines, c.delta_cents,
       c.reason, a.state AS agreement_state, a.fictional, c.state, c.version, c.created_at
FROM pipeline.change_order c JOIN pipeline.agreement a ON a.id = c.agreement_id;

GRANT SELECT, INSERT, UPDATE ON pipeline.agreement, pipeline.agreement_line, pipeline.change_order
    TO mw_pipeline;
GRANT SELECT ON pipeline.agreement_record, pipeline.change_order_record, pipeline.change_cap TO mw_pipeline;

CREATE OR REPLACE VIEW pipeline.order_record WITH (security_invoker = true) AS
SELECT o.id, o.quote_id, o.reference, o.need_id, o.need_title, o.buyer_id,
       buyer.name AS buyer_name, o.supplier_id, supplier.name AS supplier_name, o.municipality,
       o.sector, line.lines, line.total_cents, line.accepted_cents, line.invoiced_cents,
       coalesce (m.paid_cents, 0) AS paid_cents,
       o.fictional, q.state AS quote_state, o.state, o.version, o.created_at,
       line.cancelled_cents, line.started, o.answer_due_at, o.refuse_reason, o.cancel_reason,
       coalesce (m.confirmed_cents, 0) AS confirmed_cents,
       coalesce (m.refunded_cents, 0) AS refunded_cents, coalesce (m.open_cents, 0) AS open_cents,
       coalesce (m.overpaid_cents, 0) AS overpaid_cents,
       coalesce (m.frozen_cents, 0) + CASE WHEN line.disputed THEN pipeline.frozen_cents (o.id) ELSE 0 END
           AS frozen_cents,
       o.agreement_id, o.placed_by,
       (SELECT a.state FROM pipeline.agreement a WHERE a.id = o.agreement_id) AS agreement_state,
       o.agreement_id IS NULL AND EXISTS (
           SELECT FROM pipeline.agreement a WHERE a.quote_id = o.quote_id AND a.state <> 'void')
           AS has_agreement
FROM pipeline.purchase_order o
JOIN pipeline.quote q ON q.id = o.quote_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_build_object (
               'id', l.id, 'no', l.no, 'description', l.description, 'unit', l.unit,
               'unit_price_cents', l.unit_price_cents, 'vat', l.vat, 'ordered', l.ordered,
               'cancelled', l.cancelled, 'dispatched', l.announced, 'delivered', l.delivered,
               'accepted', l.accepted, 'rejected', l.rejected, 'returned', l.returned,
               'invoiced', l.invoiced, 'credited', l.credited, 'disputed', l.disputed)
               ORDER BY l.no) AS lines,
           sum (l.ordered * l.unit_price_cents)::bigint AS total_cents,
           sum (l.accepted * l.unit_price_cents)::bigint AS accepted_cents,
           sum (l.invoiced * l.unit_price_cents)::bigint AS invoiced_cents,
           sum (l.cancelled * l.unit_price_cents)::bigint AS cancelled_cents,
           bool_or (l.announced > 0) AS started, bool_or (l.disputed > 0) AS disputed
    FROM pipeline.order_line l WHERE l.order_id = o.id) line
LEFT JOIN pipeline.order_money m ON m.order_id = o.id
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = o.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = o.supplier_id;

