-- What a buyer ordered from a supplier, summed by day, so that the look at split orders (D9) reads some rows for
-- each day of the policy's window, however many orders there are.
-- tolerates older builds

-- Four rows a day take the orders in turn, by their ids, so that few wait for each other. It is the last thing
-- that a transaction locks: after order, lines, agreement and the lock of above_mandate. Who orders from several
-- suppliers in one transaction does so by their ids.
CREATE TABLE pipeline.ordered_sum (
    buyer_id    uuid NOT NULL,
    supplier_id uuid NOT NULL,
    day         date NOT NULL,
    slot        smallint NOT NULL,
    cents       bigint NOT NULL,
    PRIMARY KEY (buyer_id, supplier_id, day, slot)
) WITH (fillfactor = 60);

-- Orders that a supplier does not see yet count too: so the sums are its buyer's to read. What keeps them
-- runs as the owner of the table.
ALTER TABLE pipeline.ordered_sum ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.ordered_sum FORCE ROW LEVEL SECURITY;
CREATE POLICY ordered_sum_read ON pipeline.ordered_sum FOR SELECT
    USING (buyer_id = app.org ());
CREATE POLICY ordered_sum_kept ON pipeline.ordered_sum TO mw_owner
    USING (true) WITH CHECK (true);
GRANT SELECT ON pipeline.ordered_sum TO mw_pipeline;

CREATE FUNCTION pipeline.order_counts (state text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN state IN ('awaiting', 'placed', 'confirmed');

CREATE FUNCTION pipeline.ordered_slot (order_id uuid) RETURNS smallint LANGUAGE sql IMMUTABLE
RETURN (get_byte (uuid_send (order_id), 15) & 3)::smallint;

-- What there is. Nobody is asked who they are here.
ALTER TABLE pipeline.purchase_order NO FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.order_line NO FORCE ROW LEVEL SECURITY;
INSERT INTO pipeline.ordered_sum (buyer_id, supplier_id, day, slot, cents)
SELECT o.buyer_id, o.supplier_id, pipeline.dutch_day (o.created_at), pipeline.ordered_slot (o.id),
       sum ((l.ordered - l.cancelled) * l.unit_price_cents)
FROM pipeline.purchase_order o JOIN pipeline.order_line l ON l.order_id = o.id
WHERE pipeline.order_counts (o.state)
GROUP BY 1, 2, 3, 4;
ALTER TABLE pipeline.purchase_order FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.order_line FORCE ROW LEVEL SECURITY;

-- Answers nothing; runs as the owner of the table.
CREATE FUNCTION pipeline.ordered_add (buyer uuid, supplier uuid, day date, slot smallint, cents numeric) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    INSERT INTO pipeline.ordered_sum AS s (buyer_id, supplier_id, day, slot, cents)
    VALUES (buyer, supplier, day, slot, cents)
    ON CONFLICT (buyer_id, supplier_id, day, slot) DO UPDATE SET cents = s.cents + excluded.cents
$$;
REVOKE ALL ON FUNCTION pipeline.ordered_add (uuid, uuid, date, smallint, numeric) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.ordered_add (uuid, uuid, date, smallint, numeric) TO mw_pipeline;

CREATE FUNCTION pipeline.ordered_more () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pipeline.ordered_add (buyer_id, supplier_id, day, slot, cents)
    FROM (SELECT o.buyer_id, o.supplier_id, pipeline.dutch_day (o.created_at) AS day, pipeline.ordered_slot (o.id) AS slot,
                 sum ((l.ordered - l.cancelled) * l.unit_price_cents) AS cents
          FROM added l JOIN pipeline.purchase_order o ON o.id = l.order_id
          WHERE pipeline.order_counts (o.state)
          GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4) s;
    RETURN NULL;
END $$;

-- Units that will not come; and what is left of an order that ends. A statement does one or the other.
CREATE FUNCTION pipeline.ordered_less () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pipeline.ordered_add (o.buyer_id, o.supplier_id, pipeline.dutch_day (o.created_at), pipeline.ordered_slot (o.id),
                                  (OLD.cancelled - NEW.cancelled) * NEW.unit_price_cents)
    FROM pipeline.purchase_order o WHERE o.id = NEW.order_id AND pipeline.order_counts (o.state);
    RETURN NULL;
END $$;

CREATE FUNCTION pipeline.ordered_no_more () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pipeline.ordered_add (NEW.buyer_id, NEW.supplier_id, pipeline.dutch_day (NEW.created_at),
                                  pipeline.ordered_slot (NEW.id),
                                  -coalesce (sum ((l.ordered - l.cancelled) * l.unit_price_cents), 0))
    FROM pipeline.order_line l WHERE l.order_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER ordered_more AFTER INSERT ON pipeline.order_line
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION pipeline.ordered_more ();
CREATE TRIGGER ordered_less AFTER UPDATE OF cancelled ON pipeline.order_line
    FOR EACH ROW WHEN (NEW.cancelled <> OLD.cancelled) EXECUTE FUNCTION pipeline.ordered_less ();
CREATE TRIGGER ordered_no_more AFTER UPDATE OF state ON pipeline.purchase_order
    FOR EACH ROW WHEN (pipeline.order_counts (OLD.state) AND NOT pipeline.order_counts (NEW.state))
    EXECUTE FUNCTION pipeline.ordered_no_more ();

-- What a buyer ordered from a supplier within the window of its policy, up to this moment.
CREATE FUNCTION pipeline.ordered_cents (buyer uuid, supplier uuid, at timestamptz) RETURNS bigint
LANGUAGE sql STABLE
RETURN (SELECT coalesce (sum (s.cents), 0)::bigint
        FROM pipeline.policy_of (ordered_cents.buyer, pipeline.dutch_day (ordered_cents.at)) p
        JOIN pipeline.ordered_sum s ON s.buyer_id = ordered_cents.buyer AND s.supplier_id = ordered_cents.supplier
            AND s.day >= pipeline.dutch_day (ordered_cents.at) - p.window_days::integer);

-- Is this sum, with what was ordered there within the window, above the mandate of who orders? Of two that are held
-- to a mandate at the same time the second sees the first, since the sum is read after its lock is had. Who
-- has no mandate may order what was awarded: that was decided within one.
CREATE OR REPLACE FUNCTION pipeline.above_mandate (buyer uuid, account uuid, supplier uuid, cents bigint, at timestamptz)
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    most bigint := pipeline.mandate_cents (buyer, account, pipeline.dutch_day (at));
BEGIN
    IF most IS NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock (hashtext ('ordered_sum'), hashtext (buyer::text || supplier::text));
    RETURN cents + pipeline.ordered_cents (buyer, supplier, at) > most;
END $$;
