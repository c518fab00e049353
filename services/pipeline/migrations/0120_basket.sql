-- Baskets: lines of several suppliers' offers at their own prices, which become one order per supplier in one command.
-- tolerates older builds

-- Offers as the stream tells of them, from the moment that they are on the market.
CREATE TABLE pipeline.known_offer (
    id          uuid PRIMARY KEY,
    supplier_id uuid NOT NULL,
    title       text NOT NULL,
    unit        text NOT NULL,
    price_cents bigint,
    price_mode  text,
    tiers       jsonb,
    vat         text NOT NULL,
    kind        text NOT NULL,
    sector      text NOT NULL,
    cpv         text NOT NULL,
    lead_days   bigint,
    capacity    bigint,
    valid_until date,
    fictional   boolean NOT NULL,
    state       text NOT NULL,
    version     bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON pipeline.known_offer TO mw_pipeline;

-- The stream is read again from its beginning, so that offers of before are known.
UPDATE pipeline.position SET seq = 0, recorded_at = NULL;

-- What one unit costs when so many are ordered that day; NULL: it cannot be ordered at a fixed price.
CREATE FUNCTION pipeline.offer_price (o pipeline.known_offer, quantity bigint, day date) RETURNS bigint
LANGUAGE sql STABLE
RETURN CASE
    WHEN o.state <> 'published' OR o.valid_until < day THEN NULL
    WHEN o.price_mode = 'fixed' THEN o.price_cents
    WHEN o.price_mode = 'tiered' THEN (
        SELECT t.price_cents FROM jsonb_to_recordset (o.tiers) AS t (from_quantity bigint, price_cents bigint)
        WHERE t.from_quantity <= offer_price.quantity ORDER BY t.from_quantity DESC LIMIT 1)
    END;

CREATE TABLE pipeline.basket (
    id           uuid PRIMARY KEY,
    buyer_id     uuid NOT NULL,
    account_id   uuid NOT NULL,
    title        text NOT NULL,
    reference    text,
    lines        jsonb NOT NULL,
    source       text NOT NULL CHECK (source IN ('market', 'ubl', 'punchout')),
    fictional    boolean NOT NULL,
    ordered_by   uuid,
    state        text NOT NULL DEFAULT 'open'
                 CHECK (state IN ('open', 'returned', 'ordered', 'dropped', 'lapsed')),
    version      bigint NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL
);
CREATE INDEX basket_by_account ON pipeline.basket (account_id, id DESC);
CREATE INDEX basket_by_buyer ON pipeline.basket (buyer_id, id DESC);

-- A draft is its person's; what was ordered is their organisation's.
ALTER TABLE pipeline.basket ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.basket FORCE ROW LEVEL SECURITY;
CREATE POLICY basket_filled ON pipeline.basket FOR INSERT WITH CHECK (buyer_id = app.org ());
CREATE POLICY basket_own ON pipeline.basket FOR SELECT
    USING (account_id = app.account () AND (buyer_id = app.org () OR app.org () IS NULL));
CREATE POLICY basket_of_buyer ON pipeline.basket FOR SELECT
    USING (buyer_id = app.org () AND state IN ('returned', 'ordered', 'lapsed'));
CREATE POLICY basket_moved ON pipeline.basket FOR UPDATE
    USING ((account_id = app.account () AND (buyer_id = app.org () OR app.org () IS NULL))
           OR (buyer_id = app.org () AND state = 'returned'))
    WITH CHECK (account_id = app.account () OR buyer_id = app.org ());
GRANT SELECT, INSERT, UPDATE ON pipeline.basket TO mw_pipeline;

-- Orders of a basket follow offers, not a quote.
ALTER TABLE pipeline.purchase_order
    ALTER COLUMN quote_id DROP NOT NULL,
    ALTER COLUMN need_id DROP NOT NULL,
    ADD COLUMN basket_id uuid REFERENCES pipeline.basket,
    ADD CONSTRAINT order_of_something CHECK (basket_id IS NOT NULL OR (quote_id IS NOT NULL AND need_id IS NOT NULL));
CREATE UNIQUE INDEX ordered_per_supplier ON pipeline.purchase_order (basket_id, supplier_id) WHERE basket_id IS NOT NULL;
ALTER TABLE pipeline.order_line
    ADD COLUMN offer_id uuid,
    ADD COLUMN offer_version bigint,
    ADD COLUMN cpv text;

-- A basket as it would be filled now: what each line is, and its price at the offer's revision of this moment.
CREATE FUNCTION pipeline.basket_lines (asked jsonb, at timestamptz) RETURNS jsonb LANGUAGE sql STABLE
RETURN (SELECT coalesce (jsonb_agg (jsonb_build_object (
            'no', a.no, 'offer_id', o.id, 'offer_version', o.version, 'quantity', a.quantity,
            'supplier_id', o.supplier_id, 'title', o.title, 'unit', o.unit, 'vat', o.vat, 'kind', o.kind,
            'sector', o.sector, 'cpv', o.cpv,
            'unit_price_cents', pipeline.offer_price (o, a.quantity, pipeline.dutch_day (basket_lines.at)))
            ORDER BY a.no), '[]')
        FROM ROWS FROM (jsonb_to_recordset (basket_lines.asked) AS (offer_id uuid, quantity bigint))
             WITH ORDINALITY AS a (offer_id, quantity, no)
        JOIN pipeline.known_offer o ON o.id = a.offer_id);

CREATE TYPE pipeline.basket_line AS (
    no bigint, offer_id uuid, offer_version bigint, quantity bigint, supplier_id uuid, title text, unit text, vat text, kind text,
    sector text, cpv text, unit_price_cents bigint);

-- The lines of a basket as rows.
CREATE FUNCTION pipeline.lines_of (lines jsonb) RETURNS SETOF pipeline.basket_line LANGUAGE sql IMMUTABLE
RETURN jsonb_populate_recordset (NULL::pipeline.basket_line, lines_of.lines);

-- `stale`: lines of which the offer is not what it was when they were put in.
CREATE VIEW pipeline.basket_record WITH (security_invoker = true) AS
SELECT b.id, b.title, b.reference, b.buyer_id, buyer.name AS buyer_name, b.account_id, line.lines, line.total_cents,
       line.suppliers, line.stale, b.source, b.fictional, b.state, b.version, b.created_at,
       (SELECT array_agg (o.id::text ORDER BY o.id) FROM pipeline.purchase_order o WHERE o.basket_id = b.id) AS orders
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
GRANT SELECT ON pipeline.basket_record TO mw_pipeline;

-- D3: what was ordered comes to the basket, to the cent.
CREATE FUNCTION pipeline.basket_adds_up () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum (l.quantity * l.unit_price_cents) FROM pipeline.lines_of (NEW.lines) l) IS DISTINCT FROM
       (SELECT sum (l.ordered * l.unit_price_cents) FROM pipeline.purchase_order o
        JOIN pipeline.order_line l ON l.order_id = o.id WHERE o.basket_id = NEW.id) THEN
        RAISE check_violation USING CONSTRAINT = 'basket_adds_up', MESSAGE = 'basket_adds_up';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER basket_adds_up BEFORE UPDATE ON pipeline.basket
    FOR EACH ROW WHEN (NEW.state = 'ordered' AND OLD.state <> 'ordered') EXECUTE FUNCTION pipeline.basket_adds_up ();

-- Which routes a purchase may take (0051_rules.sql); what was ordered from offers counts as bought by the lightest route.
CREATE OR REPLACE FUNCTION pipeline.route_options (buyer uuid, kind text, cpv text[], value_cents bigint, day date, self uuid)
RETURNS TABLE (route text, allowed boolean, reason text, limit_cents bigint, counted_cents bigint, needs bigint, since date,
               min_days bigint, source text)
LANGUAGE sql STABLE AS $$
    WITH rule AS (
        SELECT p.*, t.amount_cents AS eu_cents, t.source AS eu_source,
               EXISTS (SELECT FROM pipeline.known_organisation o WHERE o.id = buyer AND o.kind <> 'municipality') AS is_private
        FROM pipeline.policy_of (buyer, day) p
        LEFT JOIN LATERAL (
            SELECT * FROM pipeline.threshold t
            WHERE t.class = pipeline.threshold_class (kind, cpv, day) AND t.valid_from <= day
            ORDER BY t.valid_from DESC LIMIT 1) t ON true
    ), earlier AS (
        SELECT n.route, n.budget_cents
        FROM pipeline.need n, rule
        WHERE n.buyer_id = buyer AND n.id IS DISTINCT FROM self AND left (n.cpv [1], 3) = left (route_options.cpv [1], 3)
          AND n.published_at > (day - rule.window_days::integer)::timestamp AT TIME ZONE 'Europe/Amsterdam'
          AND n.published_at < (day + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
          AND n.purpose <> 'market_consultation' AND n.state NOT IN ('cancelled', 'unsuccessful')
        UNION ALL
        SELECT 'direct', sum ((l.ordered - l.cancelled) * l.unit_price_cents)::bigint
        FROM rule, pipeline.purchase_order o JOIN pipeline.order_line l ON l.order_id = o.id
        WHERE o.buyer_id = buyer AND o.basket_id IS NOT NULL AND o.basket_id IS DISTINCT FROM self
          AND left (l.cpv, 3) = left (route_options.cpv [1], 3) AND o.state IN ('awaiting', 'placed', 'confirmed')
          AND o.created_at > (day - rule.window_days::integer)::timestamp AT TIME ZONE 'Europe/Amsterdam'
          AND o.created_at < (day + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
        GROUP BY o.basket_id
    ), way AS (
        SELECT w.route, w.weight, w.limit_cents, w.min_days, rule.*,
               (SELECT coalesce (sum (e.budget_cents), 0)::bigint FROM earlier e WHERE e.route = ANY (w.counts)) AS before_cents,
               (SELECT count (*) FROM earlier e WHERE e.route = ANY (w.counts)) AS needs
        FROM rule, LATERAL (VALUES
            (1, 'direct', '{direct}'::text[], CASE WHEN kind = 'work' THEN works_single_max_cents ELSE single_max_cents END, 0::bigint),
            (2, 'invited', '{direct,invited}', CASE WHEN kind = 'work' THEN works_multi_max_cents ELSE multi_max_cents END,
             min_days_invited),
            (3, 'open', '{}', NULL, min_days_open),
            (4, 'private', '{}', NULL, 0)) AS w (weight, route, counts, limit_cents, min_days)
    ), judged AS (
        SELECT way.*, CASE
            WHEN is_private AND route = 'direct' OR NOT is_private AND route = 'private' THEN 'route_of_buyer'
            WHEN is_private THEN NULL
            WHEN value_cents IS NULL THEN 'value_known'
            WHEN route <> 'open' AND value_cents >= eu_cents THEN 'below_eu_threshold'
            WHEN value_cents > limit_cents THEN 'below_route_limit'
            WHEN value_cents + before_cents > limit_cents THEN 'not_split' END AS why
        FROM way
    )
    SELECT route, why IS NULL, why, CASE WHEN is_private THEN NULL ELSE least (limit_cents, CASE WHEN route <> 'open' THEN eu_cents END) END,
           CASE WHEN limit_cents IS NOT NULL AND NOT is_private THEN value_cents + before_cents END,
           CASE WHEN limit_cents IS NOT NULL AND NOT is_private THEN judged.needs END,
           CASE WHEN limit_cents IS NOT NULL AND NOT is_private THEN day - window_days::integer END,
           CASE WHEN is_private THEN 0 ELSE min_days END,
           CASE WHEN is_private THEN NULL WHEN why = 'below_eu_threshold' THEN eu_source ELSE judged.source END
    FROM judged ORDER BY weight
$$;

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
           AS has_agreement,
       o.basket_id
FROM pipeline.purchase_order o
LEFT JOIN pipeline.quote q ON q.id = o.quote_id
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
