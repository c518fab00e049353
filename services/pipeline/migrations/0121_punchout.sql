-- PunchOut (proto/PUNCHOUT.md): the purchasing systems of buyers, the baskets that their guests fill, and the orders that they send.
-- tolerates older builds

-- Who it says that it is, in whose name its orders come, and where its baskets go. Its secret is identity's to know, as a hash.
CREATE TABLE pipeline.purchase_system (
    id         uuid PRIMARY KEY,
    buyer_id   uuid NOT NULL,
    account_id uuid NOT NULL,
    label      text NOT NULL,
    domain     text NOT NULL,
    identity   text NOT NULL,
    return_url text NOT NULL,
    fictional  boolean NOT NULL,
    state      text NOT NULL DEFAULT 'connected' CHECK (state IN ('connected', 'ended')),
    version    bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX identity_free ON pipeline.purchase_system (domain, identity) WHERE state = 'connected';
CREATE INDEX purchase_system_by_buyer ON pipeline.purchase_system (buyer_id, id DESC);
ALTER TABLE pipeline.purchase_system ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.purchase_system FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON pipeline.purchase_system USING (buyer_id = app.org ());
GRANT SELECT, INSERT, UPDATE ON pipeline.purchase_system TO mw_pipeline;

CREATE VIEW pipeline.purchase_system_record WITH (security_invoker = true) AS
SELECT id, buyer_id, account_id, label, domain, identity, return_url, fictional, state, version, created_at
FROM pipeline.purchase_system;
GRANT SELECT ON pipeline.purchase_system_record TO mw_pipeline;

ALTER TABLE pipeline.basket
    ADD COLUMN system_id uuid REFERENCES pipeline.purchase_system,
    ADD COLUMN opened_by uuid,
    ADD COLUMN operation text CHECK (operation IN ('create', 'edit', 'inspect')),
    ADD COLUMN buyer_cookie text,
    ADD COLUMN return_url text,
    ADD COLUMN buyer_domain text,
    ADD COLUMN buyer_identity text,
    ADD COLUMN lapses_at timestamptz,
    ADD CONSTRAINT of_a_system CHECK ((source = 'punchout') = (system_id IS NOT NULL));

-- The purchasing system that opened it, in the name of its account.
CREATE POLICY basket_opened ON pipeline.basket FOR SELECT
    USING (opened_by = app.account () AND buyer_id = app.org ());

-- How long a basket may wait for its order.
ALTER TABLE pipeline.term DROP CONSTRAINT term_term_check;
ALTER TABLE pipeline.term ADD CONSTRAINT term_term_check CHECK (term IN (
    'order_answer', 'deemed_acceptance', 'dispute_answer', 'dispute_appeal', 'agreement_signature', 'basket_order'));
INSERT INTO pipeline.term (term, buyer_kind, valid_from, days)
SELECT 'basket_order', k.kind, '2016-01-01', 60
FROM (VALUES ('enterprise'), ('company'), ('municipality'), ('partner'), ('team'), ('platform')) AS k (kind);

-- An order of a purchasing system is answered once; told again, it gets the same answer.
CREATE TABLE pipeline.system_order (
    buyer_id   uuid NOT NULL,
    order_id   text NOT NULL,
    payload_id text NOT NULL,
    basket_id  uuid NOT NULL REFERENCES pipeline.basket,
    content    text NOT NULL,
    answer     bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (buyer_id, order_id)
);
CREATE UNIQUE INDEX system_order_by_payload ON pipeline.system_order (buyer_id, payload_id);
ALTER TABLE pipeline.system_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.system_order FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON pipeline.system_order USING (buyer_id = app.org ());
GRANT SELECT, INSERT ON pipeline.system_order TO mw_pipeline;

CREATE OR REPLACE VIEW pipeline.basket_record WITH (security_invoker = true) AS
SELECT b.id, b.title, b.reference, b.buyer_id, buyer.name AS buyer_name, b.account_id, line.lines, line.total_cents,
       line.suppliers, line.stale, b.source, b.fictional, b.state, b.version, b.created_at,
       (SELECT array_agg (o.id::text ORDER BY o.id) FROM pipeline.purchase_order o WHERE o.basket_id = b.id) AS orders,
       b.operation, b.return_url, b.lapses_at
FROM pipeline.basket b
CROSS JOIN LATERAL (
    SELECT coalesce (json_agg (json_build_object (
               'no', l.no, 'offer_id', l.offer_id, 'quantity', l.quantity, 'supplier_id', l.supplier_id,
               'supplier_name', s.name, 'title', l.title, 'unit', l.unit, 'vat', l.vat, 'cpv', l.cpv,
               'unit_price_cents', l.unit_price_cents, 'net_cents', l.quantity * l.unit_price_cents,
               'changed', x.changed) ORDER BY l.no), '[]') AS lines,
           coalesce (sum (l.quantity * l.unit_price_cents), 0)::bigint AS total_cents,
           count (DISTINCT l.supplier_id) AS suppliers, count (*) FILTER (WHERE x.changed) AS stale
    FROM pipeline.lines_of (b.lines) l
    LEFT JOIN pipeline.known_organisation s ON s.id = l.supplier_id
    LEFT JOIN pipeline.known_offer o ON o.id = l.offer_id
    CROSS JOIN LATERAL (
        SELECT b.state IN ('open', 'returned') AND (
            pipeline.offer_price (o, l.quantity, pipeline.dutch_day (now ())), o.unit, o.vat)
            IS DISTINCT FROM (l.unit_price_cents, l.unit, l.vat) AS changed) x) line
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = b.buyer_id;
