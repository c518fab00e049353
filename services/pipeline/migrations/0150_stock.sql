-- How many units of an offer there are: an order takes them in the statement that places it, and gives them back when
-- it is refused, lapses, or units of it are cancelled.
-- tolerates older builds

-- What is left is there for everybody to see.
CREATE TABLE pipeline.stock (
    id          uuid PRIMARY KEY,
    offer_id    uuid NOT NULL,
    supplier_id uuid NOT NULL,
    units       bigint NOT NULL CHECK (units >= 0),
    ordered     bigint NOT NULL DEFAULT 0 CHECK (ordered >= 0),
    fictional   boolean NOT NULL,
    state       text NOT NULL DEFAULT 'counted' CHECK (state IN ('counted', 'ended')),
    version     bigint NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL,
    CONSTRAINT within_stock CHECK (state = 'ended' OR ordered <= units)
);
CREATE UNIQUE INDEX counted_once ON pipeline.stock (offer_id) WHERE state = 'counted';
CREATE INDEX stock_by_offer ON pipeline.stock (offer_id, id DESC);
ALTER TABLE pipeline.stock ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.stock FORCE ROW LEVEL SECURITY;
CREATE POLICY stock_own ON pipeline.stock
    USING (supplier_id = app.org ()) WITH CHECK (supplier_id = app.org ());
CREATE POLICY stock_public ON pipeline.stock FOR SELECT USING (true);
-- A buyer's order takes units of somebody else's stock.
CREATE POLICY stock_kept ON pipeline.stock FOR UPDATE TO mw_owner USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON pipeline.stock TO mw_pipeline;

-- What a line took; only that comes back.
ALTER TABLE pipeline.order_line ADD COLUMN stock_id uuid REFERENCES pipeline.stock;
CREATE INDEX order_line_by_stock ON pipeline.order_line (stock_id) WHERE stock_id IS NOT NULL;

CREATE FUNCTION pipeline.order_line_stock () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.stock_id := (SELECT s.id FROM pipeline.stock s
                     WHERE s.offer_id = NEW.offer_id AND s.supplier_id = NEW.supplier_id AND s.state = 'counted');
    RETURN NEW;
END $$;
CREATE TRIGGER order_line_stock BEFORE INSERT ON pipeline.order_line
    FOR EACH ROW WHEN (NEW.offer_id IS NOT NULL) EXECUTE FUNCTION pipeline.order_line_stock ();

-- All stocks of an order are locked at once, by their ids, and before its sum (0110): the names of these triggers
-- come before those.
CREATE FUNCTION pipeline.stock_take (stocks uuid [], counts numeric []) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM FROM pipeline.stock s WHERE s.id = ANY (stocks) ORDER BY s.id FOR NO KEY UPDATE;
    UPDATE pipeline.stock s SET ordered = s.ordered + t.units
    FROM unnest (stocks, counts) AS t (id, units) WHERE s.id = t.id AND t.units <> 0;
END $$;
REVOKE ALL ON FUNCTION pipeline.stock_take (uuid [], numeric []) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.stock_take (uuid [], numeric []) TO mw_pipeline;

CREATE FUNCTION pipeline.offer_taken () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pipeline.stock_take (array_agg (stock_id), array_agg (units))
    FROM (SELECT stock_id, sum (ordered) AS units FROM added WHERE stock_id IS NOT NULL GROUP BY 1) t
    HAVING count (*) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER offer_taken AFTER INSERT ON pipeline.order_line
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION pipeline.offer_taken ();

CREATE FUNCTION pipeline.offer_back () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pipeline.stock_take (array_agg (stock_id), array_agg (units))
    FROM (SELECT l.stock_id, sum (CASE WHEN l.id = NEW.id THEN OLD.cancelled - NEW.cancelled ELSE 0 END) AS units
          FROM pipeline.order_line l JOIN pipeline.purchase_order o ON o.id = l.order_id
          WHERE l.order_id = NEW.order_id AND l.stock_id IS NOT NULL AND pipeline.order_counts (o.state)
          GROUP BY 1) t
    HAVING count (*) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER offer_back AFTER UPDATE OF cancelled ON pipeline.order_line
    FOR EACH ROW WHEN (NEW.cancelled <> OLD.cancelled AND NEW.stock_id IS NOT NULL)
    EXECUTE FUNCTION pipeline.offer_back ();

CREATE FUNCTION pipeline.offer_all_back () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pipeline.stock_take (array_agg (stock_id), array_agg (units))
    FROM (SELECT l.stock_id, -sum (l.ordered - l.cancelled) AS units FROM pipeline.order_line l
          WHERE l.order_id = NEW.id AND l.stock_id IS NOT NULL GROUP BY 1) t
    HAVING count (*) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER offer_all_back AFTER UPDATE OF state ON pipeline.purchase_order
    FOR EACH ROW WHEN (pipeline.order_counts (OLD.state) AND NOT pipeline.order_counts (NEW.state))
    EXECUTE FUNCTION pipeline.offer_all_back ();

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
       o.basket_id, line.standing_units
FROM pipeline.purchase_order o
LEFT JOIN pipeline.quote q ON q.id = o.quote_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_build_object (
               'id', l.id, 'no', l.no, 'description', l.description, 'unit', l.unit,
               'unit_price_cents', l.unit_price_cents, 'vat', l.vat, 'ordered', l.ordered,
               'cancelled', l.cancelled, 'dispatched', l.announced, 'delivered', l.delivered,
               'accepted', l.accepted, 'rejected', l.rejected, 'returned', l.returned,
               'invoiced', l.invoiced, 'credited', l.credited, 'disputed', l.disputed, 'contested', l.contested,
               'offer_id', l.offer_id)
               ORDER BY l.no) AS lines,
           sum (l.ordered * l.unit_price_cents)::bigint AS total_cents,
           sum (l.accepted * l.unit_price_cents)::bigint AS accepted_cents,
           sum (l.invoiced * l.unit_price_cents)::bigint AS invoiced_cents,
           sum (l.cancelled * l.unit_price_cents)::bigint AS cancelled_cents,
           bool_or (l.announced > 0) AS started, bool_or (l.disputed > 0) AS disputed,
           sum (pipeline.standing_units (l))::bigint AS standing_units
    FROM pipeline.order_line l WHERE l.order_id = o.id) line
LEFT JOIN pipeline.order_money m ON m.order_id = o.id
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = o.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = o.supplier_id;
