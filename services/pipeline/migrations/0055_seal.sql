-- Sealed quotes (deploy/decisions/0023-seal.md). What has a price is in `sealed_quote` as a box that the need's key closed;
-- of that key's secret the tables have only parts, each locked for somebody: the platform's file, two openers, a handler.

ALTER TABLE pipeline.quote
    ADD COLUMN sealed boolean NOT NULL DEFAULT false,
    ADD COLUMN revision bigint NOT NULL DEFAULT 1,
    ADD COLUMN content_hash text CHECK (content_hash ~ '^[0-9a-f]{64}$'),
    ADD COLUMN salt text CHECK (salt ~ '^[0-9a-f]{64}$'),
    ADD COLUMN received_at timestamptz,
    ADD COLUMN opened_at timestamptz,
    ADD COLUMN exclude_reason text,
    ALTER COLUMN lines DROP NOT NULL,
    ALTER COLUMN total_cents DROP NOT NULL,
    DROP CONSTRAINT quote_state_check,
    ADD CONSTRAINT quote_state_check CHECK (state IN (
        'draft', 'submitted', 'opened', 'admitted', 'excluded', 'selected', 'not_selected', 'withdrawn', 'destroyed')),
    -- Before it is opened nothing of it stands in this row; after it, all of it does.
    ADD CONSTRAINT nothing_before_opening CHECK (
        CASE WHEN sealed AND opened_at IS NULL THEN num_nonnulls (lines, total_cents, message, valid_until, salt) = 0
             ELSE lines IS NOT NULL AND total_cents IS NOT NULL OR exclude_reason IS NOT NULL END);

-- handlers ----------------------------------------------------------------------------------------

CREATE TABLE pipeline.appointment (
    id         uuid PRIMARY KEY,
    buyer_id   uuid NOT NULL,
    handler_id uuid NOT NULL CHECK (handler_id <> buyer_id),
    state      text NOT NULL DEFAULT 'appointed' CHECK (state IN ('appointed', 'ended')),
    version    bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX appointed_once ON pipeline.appointment (buyer_id) WHERE state = 'appointed';
CREATE INDEX appointment_by_handler ON pipeline.appointment (handler_id, id DESC);

ALTER TABLE pipeline.appointment ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.appointment FORCE ROW LEVEL SECURITY;
CREATE POLICY appointment_buyer ON pipeline.appointment
    USING (buyer_id = app.org ()) WITH CHECK (buyer_id = app.org ());
CREATE POLICY appointment_handler ON pipeline.appointment FOR SELECT USING (handler_id = app.org ());

CREATE TABLE pipeline.escrow (
    id         uuid PRIMARY KEY,
    handler_id uuid NOT NULL,
    public_key text NOT NULL CHECK (public_key ~ '^[0-9a-f]{64}$'),
    state      text NOT NULL DEFAULT 'taken' CHECK (state IN ('taken', 'confirmed', 'retired')),
    version    bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX escrow_once ON pipeline.escrow (handler_id) WHERE state = 'confirmed';

-- Whose appointed handler it is, needs its public half to make a seal.
ALTER TABLE pipeline.escrow ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.escrow FORCE ROW LEVEL SECURITY;
CREATE POLICY escrow_handler ON pipeline.escrow
    USING (handler_id = app.org ()) WITH CHECK (handler_id = app.org ());
CREATE POLICY escrow_buyer ON pipeline.escrow FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.appointment a
                   WHERE a.handler_id = escrow.handler_id AND a.buyer_id = app.org () AND a.state = 'appointed'));

-- openers and the seal ----------------------------------------------------------------------------

CREATE TABLE pipeline.opener (
    id         uuid PRIMARY KEY,
    need_id    uuid NOT NULL REFERENCES pipeline.need,
    buyer_id   uuid NOT NULL,
    account_id uuid NOT NULL,
    public_key text NOT NULL CHECK (public_key ~ '^[0-9a-f]{64}$'),
    part       text CHECK (part ~ '^[0-9a-f]{160}$'),
    handed     text CHECK (handed ~ '^[0-9a-f]{160}$'),
    given_at   timestamptz,
    state      text NOT NULL DEFAULT 'taken' CHECK (state IN ('taken', 'confirmed', 'given')),
    version    bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    CONSTRAINT opener_once UNIQUE (need_id, account_id)
);
CREATE INDEX opener_by_buyer ON pipeline.opener (buyer_id, id DESC);

ALTER TABLE pipeline.opener ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.opener FORCE ROW LEVEL SECURITY;
CREATE POLICY opener_buyer ON pipeline.opener
    USING (buyer_id = app.org ()) WITH CHECK (buyer_id = app.org ());

CREATE TABLE pipeline.seal (
    id              uuid PRIMARY KEY,
    need_id         uuid NOT NULL UNIQUE REFERENCES pipeline.need,
    buyer_id        uuid NOT NULL,
    handler_id      uuid NOT NULL,
    escrow_id       uuid NOT NULL REFERENCES pipeline.escrow,
    key             text NOT NULL CHECK (key ~ '^[0-9a-f]{64}$'),
    platform_part   text CHECK (platform_part ~ '^[0-9a-f]{160}$'),
    platform_escrow text CHECK (platform_escrow ~ '^[0-9a-f]{160}$'),
    escrow_part     text CHECK (escrow_part ~ '^[0-9a-f]{160}$'),
    escrow_handed   text CHECK (escrow_handed ~ '^[0-9a-f]{160}$'),
    release_reason  text,
    opened_at       timestamptz,
    opened_by       uuid[],
    quotes          bigint,
    state           text NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'released', 'opened', 'destroyed')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    CONSTRAINT two_openers CHECK (state <> 'opened' OR cardinality (opened_by) >= 2 AND opened_by [1] <> opened_by [2])
);
CREATE INDEX seal_by_buyer ON pipeline.seal (buyer_id, id DESC);
CREATE INDEX seal_by_handler ON pipeline.seal (handler_id, id DESC);

-- Who may see the need, may see that its quotes are sealed and with which key.
ALTER TABLE pipeline.seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.seal FORCE ROW LEVEL SECURITY;
CREATE POLICY seal_buyer ON pipeline.seal USING (buyer_id = app.org ()) WITH CHECK (buyer_id = app.org ());
CREATE POLICY seal_handler_reads ON pipeline.seal FOR SELECT USING (handler_id = app.org ());
CREATE POLICY seal_handler_releases ON pipeline.seal FOR UPDATE USING (handler_id = app.org ());
CREATE POLICY seal_public ON pipeline.seal FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.need n WHERE n.id = need_id AND n.published_at IS NOT NULL));

CREATE TABLE pipeline.sealed_quote (
    quote_id    uuid PRIMARY KEY REFERENCES pipeline.quote,
    need_id     uuid NOT NULL REFERENCES pipeline.seal (need_id),
    supplier_id uuid NOT NULL,
    buyer_id    uuid NOT NULL,
    box         text NOT NULL CHECK (box ~ '^[0-9a-f]+$')
);
CREATE INDEX sealed_quote_by_need ON pipeline.sealed_quote (need_id);

-- The buyer gets the boxes when two people have opened the seal, or to destroy what nobody can open any more.
ALTER TABLE pipeline.sealed_quote ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.sealed_quote FORCE ROW LEVEL SECURITY;
CREATE POLICY sealed_quote_supplier ON pipeline.sealed_quote
    USING (supplier_id = app.org ()) WITH CHECK (supplier_id = app.org ());
CREATE POLICY sealed_quote_opened ON pipeline.sealed_quote FOR SELECT
    USING (buyer_id = app.org () AND EXISTS (SELECT FROM pipeline.seal s
           WHERE s.need_id = sealed_quote.need_id AND s.state IN ('opened', 'destroyed')));
CREATE POLICY sealed_quote_destroyed ON pipeline.sealed_quote FOR DELETE
    USING (buyer_id = app.org () AND EXISTS (SELECT FROM pipeline.seal s
           WHERE s.need_id = sealed_quote.need_id AND s.state = 'destroyed'));

-- A need whose route is sealed does not come on the market without a seal.
CREATE FUNCTION pipeline.need_is_sealed () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pipeline.seal s WHERE s.need_id = NEW.id) THEN
        RAISE check_violation USING CONSTRAINT = 'seal_closed', MESSAGE = 'this need has no seal';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER need_is_sealed BEFORE UPDATE OF state ON pipeline.need
    FOR EACH ROW WHEN (NEW.state = 'open' AND OLD.state <> 'open' AND NEW.route IN ('invited', 'open'))
    EXECUTE FUNCTION pipeline.need_is_sealed ();

-- records -----------------------------------------------------------------------------------------

CREATE VIEW pipeline.appointment_record WITH (security_invoker = true) AS
SELECT a.id, a.buyer_id, buyer.name AS buyer_name, a.handler_id, handler.name AS handler_name,
       EXISTS (SELECT FROM pipeline.escrow e WHERE e.handler_id = a.handler_id AND e.state = 'confirmed') AS escrow_ready,
       coalesce (handler.state = 'admitted' AND handler.kind IN ('platform', 'partner', 'municipality'), false)
           AS handler_admitted,
       a.state, a.version, a.created_at
FROM pipeline.appointment a
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = a.buyer_id
LEFT JOIN pipeline.known_organisation handler ON handler.id = a.handler_id;

CREATE VIEW pipeline.opener_record WITH (security_invoker = true) AS
SELECT o.id, o.need_id, n.title AS need_title, o.buyer_id, o.account_id,
       coalesce (n.opening_at, n.quote_deadline) AS opening_at, o.given_at, o.public_key, o.part, n.state AS need_state,
       n.route IN ('invited', 'open') AS route_sealed,
       (SELECT count (*) FROM pipeline.opener c WHERE c.need_id = o.need_id AND c.state <> 'taken') AS confirmed,
       EXISTS (SELECT FROM pipeline.appointment a JOIN pipeline.escrow e ON e.handler_id = a.handler_id
               WHERE a.buyer_id = o.buyer_id AND a.state = 'appointed' AND e.state = 'confirmed') AS escrow_ready,
       coalesce (s.state = 'released', false) AS released,
       o.state, o.version, o.created_at
FROM pipeline.opener o
JOIN pipeline.need n ON n.id = o.need_id
LEFT JOIN pipeline.seal s ON s.need_id = o.need_id;

CREATE VIEW pipeline.seal_record WITH (security_invoker = true) AS
SELECT s.id, s.need_id, n.title AS need_title, s.buyer_id, buyer.name AS buyer_name, s.handler_id,
       handler.name AS handler_name, s.key, s.release_reason, s.opened_at, s.opened_by, s.quotes, s.escrow_id,
       s.escrow_part, s.state, s.version, s.created_at
FROM pipeline.seal s
LEFT JOIN pipeline.need n ON n.id = s.need_id
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = s.buyer_id
LEFT JOIN pipeline.known_organisation handler ON handler.id = s.handler_id;

-- Until it is opened a sealed quote is its supplier's alone: the buyer does not even see that there is one.
CREATE OR REPLACE VIEW pipeline.quote_record WITH (security_invoker = true) AS
SELECT q.id, q.need_id, n.title AS need_title, q.supplier_id, supplier.name AS supplier_name,
       CASE WHEN q.opened_at IS NULL AND q.sealed THEN NULL ELSE q.buyer_id END AS buyer_id,
       q.offer_id, q.message, q.valid_until, q.lines, q.total_cents, n.quote_deadline,
       n.state AS need_state,
       coalesce (supplier.kind = 'enterprise' AND supplier.state = 'admitted', false)
           AS supplier_admitted,
       i.id AS invitation_id, q.state, q.version, q.created_at,
       q.sealed, q.revision, q.content_hash, q.salt, q.received_at, q.opened_at, q.exclude_reason,
       s.key AS seal_key
FROM pipeline.quote q
JOIN pipeline.need n ON n.id = q.need_id
LEFT JOIN pipeline.seal s ON s.need_id = q.need_id AND q.sealed
LEFT JOIN pipeline.invitation i ON i.need_id = q.need_id AND i.supplier_id = q.supplier_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = q.supplier_id
WHERE NOT q.sealed OR q.opened_at IS NOT NULL OR q.supplier_id = app.org () OR s.state = 'destroyed';

GRANT SELECT, INSERT, UPDATE ON pipeline.appointment, pipeline.escrow, pipeline.opener, pipeline.seal TO mw_pipeline;
GRANT SELECT, INSERT, UPDATE, DELETE ON pipeline.sealed_quote TO mw_pipeline;
GRANT SELECT ON pipeline.appointment_record, pipeline.opener_record, pipeline.seal_record TO mw_pipeline;
