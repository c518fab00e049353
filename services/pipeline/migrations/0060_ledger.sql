-- The ledger in full: what was cancelled, sent back, credited or is in dispute, per line; and the dates
-- by which an answer is due, which are data.

-- `announced` is the ledger's word for what left the supplier (dispatched); rejected units may come
-- again, so they give their room back, and cancelled ones take it.
ALTER TABLE pipeline.order_line
    ADD COLUMN cancelled bigint NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
    ADD COLUMN returned  bigint NOT NULL DEFAULT 0 CHECK (returned >= 0),
    ADD COLUMN credited  bigint NOT NULL DEFAULT 0 CHECK (credited >= 0),
    ADD COLUMN disputed  bigint NOT NULL DEFAULT 0 CHECK (disputed >= 0),
    DROP CONSTRAINT within_ordered,
    ADD CONSTRAINT within_ordered CHECK (announced - rejected <= ordered - cancelled),
    DROP CONSTRAINT within_accepted,
    ADD CONSTRAINT within_accepted CHECK (invoiced - credited <= accepted),
    ADD CONSTRAINT within_returnable CHECK (returned <= accepted),
    ADD CONSTRAINT within_invoiced CHECK (credited <= invoiced),
    ADD CONSTRAINT within_disputable CHECK (disputed <= accepted);

-- Laws about a change, which a look at the row alone cannot tell: what was sent back or is in dispute is
-- not invoiced any more, though what was invoiced before stays as it is until it is credited.
CREATE FUNCTION pipeline.order_line_law () RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked bigint := NEW.invoiced - NEW.credited;
BEGIN
    IF NEW.invoiced > OLD.invoiced AND asked > NEW.accepted - NEW.returned THEN
        RAISE check_violation USING CONSTRAINT = 'within_accepted', MESSAGE = 'within_accepted';
    END IF;
    IF NEW.invoiced > OLD.invoiced AND asked > NEW.accepted - NEW.returned - NEW.disputed THEN
        RAISE check_violation USING CONSTRAINT = 'not_disputed', MESSAGE = 'not_disputed';
    END IF;
    IF NEW.returned > OLD.returned AND NEW.disputed > 0 AND NEW.returned > NEW.accepted - NEW.disputed THEN
        RAISE check_violation USING CONSTRAINT = 'not_disputed', MESSAGE = 'not_disputed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER order_line_law BEFORE UPDATE ON pipeline.order_line
    FOR EACH ROW EXECUTE FUNCTION pipeline.order_line_law ();

-- Days in which something is answered, from a date on, by the kind of organisation that buys; where a
-- kind has no days, silence means nothing. Working days skip weekends and the days listed below.
CREATE TABLE pipeline.term (
    term       text NOT NULL CHECK (term IN ('order_answer', 'deemed_acceptance', 'dispute_answer',
                                             'dispute_appeal', 'agreement_signature')),
    buyer_kind text NOT NULL,
    valid_from date NOT NULL,
    days       bigint CHECK (days > 0),
    PRIMARY KEY (term, buyer_kind, valid_from)
);

INSERT INTO pipeline.term (term, buyer_kind, valid_from, days)
SELECT t.term, k.kind, '2016-01-01',
       CASE WHEN t.term = 'deemed_acceptance' AND k.kind IN ('municipality', 'platform') THEN NULL
            ELSE t.days END
FROM (VALUES ('order_answer', 10), ('deemed_acceptance', 10), ('dispute_answer', 10),
             ('dispute_appeal', 20), ('agreement_signature', 20)) AS t (term, days)
CROSS JOIN (VALUES ('enterprise'), ('company'), ('municipality'), ('partner'), ('team'),
                   ('platform')) AS k (kind);

-- Dutch public holidays; later years are added as data.
CREATE TABLE pipeline.holiday (
    day  date PRIMARY KEY,
    name text NOT NULL
);

INSERT INTO pipeline.holiday (day, name) VALUES
    ('2026-01-01', 'Nieuwjaarsdag'), ('2026-04-06', 'Tweede paasdag'), ('2026-04-27', 'Koningsdag'),
    ('2026-05-05', 'Bevrijdingsdag'), ('2026-05-14', 'Hemelvaartsdag'),
    ('2026-05-25', 'Tweede pinksterdag'), ('2026-12-25', 'Eerste kerstdag'),
    ('2026-12-26', 'Tweede kerstdag'), ('2027-01-01', 'Nieuwjaarsdag'),
    ('2027-03-29', 'Tweede paasdag'), ('2027-04-27', 'Koningsdag'), ('2027-05-05', 'Bevrijdingsdag'),
    ('2027-05-06', 'Hemelvaartsdag'), ('2027-05-17', 'Tweede pinksterdag'),
    ('2027-12-25', 'Eerste kerstdag'), ('2027-12-26', 'Tweede kerstdag');

-- The end, in Amsterdam, of the so-manieth working day after the moment; NULL days have none.
CREATE FUNCTION pipeline.working_days_after (moment timestamptz, days bigint) RETURNS timestamptz
LANGUAGE sql STABLE
RETURN (SELECT ((d.day + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')
        FROM (SELECT (moment AT TIME ZONE 'Europe/Amsterdam')::date + n AS day
              FROM generate_series (1, (days * 2 + 20)::int) AS n) d
        WHERE extract (isodow FROM d.day) < 6
          AND NOT EXISTS (SELECT FROM pipeline.holiday h WHERE h.day = d.day)
        ORDER BY d.day OFFSET days - 1 LIMIT 1);

-- When an answer is due that waits since that moment, of a buyer of that kind; NULL: never.
CREATE FUNCTION pipeline.due_at (term text, buyer_kind text, since timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE
RETURN (SELECT pipeline.working_days_after (due_at.since, t.days)
        FROM pipeline.term t
        WHERE t.term = due_at.term AND t.buyer_kind = due_at.buyer_kind
          AND t.valid_from <= (due_at.since AT TIME ZONE 'Europe/Amsterdam')::date
        ORDER BY t.valid_from DESC LIMIT 1);

-- Terms are fixed when the thing begins: a table that changes later changes nothing that runs.
ALTER TABLE pipeline.purchase_order
    ADD COLUMN answer_due_at timestamptz,
    ADD COLUMN cancel_reason text,
    DROP CONSTRAINT purchase_order_state_check,
    ADD CONSTRAINT purchase_order_state_check
        CHECK (state IN ('placed', 'confirmed', 'refused', 'lapsed', 'cancelled'));

-- What was refused, lapsed or cancelled before it began is over: the buyer may order again.
DROP INDEX pipeline.ordered_once;
CREATE UNIQUE INDEX ordered_once ON pipeline.purchase_order (quote_id)
    WHERE state NOT IN ('refused', 'lapsed', 'cancelled');

ALTER TABLE pipeline.delivery
    ADD COLUMN redelivery_of uuid,
    ADD COLUMN delivered_at timestamptz,
    ADD COLUMN deemed_at timestamptz,
    DROP CONSTRAINT delivery_state_check,
    ADD CONSTRAINT delivery_state_check
        CHECK (state IN ('announced', 'delivered', 'judged', 'withdrawn')),
    ADD CONSTRAINT redelivery_of_order FOREIGN KEY (redelivery_of, order_id)
        REFERENCES pipeline.delivery (id, order_id);

-- Units that were rejected come again once: a redelivery takes them from the delivery it is linked to.
ALTER TABLE pipeline.delivery_line
    ADD COLUMN redelivered bigint NOT NULL DEFAULT 0 CHECK (redelivered >= 0),
    ADD COLUMN redelivery_of uuid,
    ADD CONSTRAINT redelivery_of_order FOREIGN KEY (redelivery_of, order_line_id)
        REFERENCES pipeline.delivery_line (delivery_id, order_line_id),
    ADD CONSTRAINT within_rejected CHECK (redelivered <= coalesce (rejected, 0));

CREATE POLICY delivery_line_redelivered ON pipeline.delivery_line FOR UPDATE
    USING (supplier_id = app.org ());

-- cancellation: what one side asks and the other agrees to, once goods are started -------------------

CREATE TABLE pipeline.cancellation (
    id          uuid PRIMARY KEY,
    order_id    uuid NOT NULL REFERENCES pipeline.purchase_order,
    buyer_id    uuid NOT NULL,
    supplier_id uuid NOT NULL,
    asked_by    uuid NOT NULL CHECK (asked_by IN (buyer_id, supplier_id)),
    lines       jsonb NOT NULL,
    reason      text NOT NULL,
    state       text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'agreed', 'declined', 'withdrawn')),
    version     bigint NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL
);

CREATE INDEX cancellation_by_order ON pipeline.cancellation (order_id, id DESC);
CREATE INDEX cancellation_by_buyer ON pipeline.cancellation (buyer_id, id DESC);
CREATE INDEX cancellation_by_supplier ON pipeline.cancellation (supplier_id, id DESC);

-- goods_return: accepted units that go back ------------------------------------------------------------

CREATE TABLE pipeline.goods_return (
    id            uuid PRIMARY KEY,
    order_id      uuid NOT NULL REFERENCES pipeline.purchase_order,
    buyer_id      uuid NOT NULL,
    supplier_id   uuid NOT NULL,
    lines         jsonb NOT NULL,
    reason        text NOT NULL,
    state         text NOT NULL DEFAULT 'sent' CHECK (state IN ('sent', 'received')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL
);

CREATE INDEX goods_return_by_order ON pipeline.goods_return (order_id, id DESC);
CREATE INDEX goods_return_by_buyer ON pipeline.goods_return (buyer_id, id DESC);
CREATE INDEX goods_return_by_supplier ON pipeline.goods_return (supplier_id, id DESC);

ALTER TABLE pipeline.cancellation ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.cancellation FORCE ROW LEVEL SECURITY;
CREATE POLICY cancellation_asked ON pipeline.cancellation FOR INSERT
    WITH CHECK (asked_by = app.org ());
CREATE POLICY cancellation_read ON pipeline.cancellation FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY cancellation_moved ON pipeline.cancellation FOR UPDATE
    USING (buyer_id = app.org () OR supplier_id = app.org ());

ALTER TABLE pipeline.goods_return ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.goods_return FORCE ROW LEVEL SECURITY;
CREATE POLICY goods_return_sent ON pipeline.goods_return FOR INSERT
    WITH CHECK (buyer_id = app.org ());
CREATE POLICY goods_return_read ON pipeline.goods_return FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY goods_return_moved ON pipeline.goods_return FOR UPDATE
    USING (supplier_id = app.org ());

-- the records as they are read -------------------------------------------------------------------------

CREATE OR REPLACE VIEW pipeline.order_record WITH (security_invoker = true) AS
SELECT o.id, o.quote_id, o.reference, o.need_id, o.need_title, o.buyer_id,
       buyer.name AS buyer_name, o.supplier_id, supplier.name AS supplier_name, o.municipality,
       o.sector, line.lines, line.total_cents, line.accepted_cents, line.invoiced_cents,
       (SELECT coalesce (sum (v.paid_cents), 0)::bigint FROM pipeline.invoice v
        WHERE v.order_id = o.id) AS paid_cents,
       o.fictional, q.state AS quote_state, o.state, o.version, o.created_at,
       line.cancelled_cents, line.started, o.answer_due_at, o.refuse_reason, o.cancel_reason
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
           bool_or (l.announced > 0) AS started
    FROM pipeline.order_line l WHERE l.order_id = o.id) line
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = o.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = o.supplier_id;

CREATE OR REPLACE VIEW pipeline.delivery_record WITH (security_invoker = true) AS
SELECT d.id, d.order_id, d.buyer_id, d.supplier_id, o.municipality, o.sector, line.lines, d.note,
       d.judged_at, line.accepted_cents, o.fictional, o.state AS order_state, d.state, d.version,
       d.created_at, d.redelivery_of, d.delivered_at,
       pipeline.due_at ('deemed_acceptance', buyer.kind, d.delivered_at) AS judge_by,
       d.deemed_at IS NOT NULL AS deemed
FROM pipeline.delivery d
JOIN pipeline.purchase_order o ON o.id = d.order_id
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = d.buyer_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_strip_nulls (json_build_object (
               'order_line_id', l.order_line_id, 'quantity', l.quantity, 'accepted', l.accepted,
               'rejected', l.rejected, 'reject_reason', l.reject_reason,
               'redelivered', l.redelivered,
               'accepted_cents', l.accepted * ol.unit_price_cents)) ORDER BY ol.no) AS lines,
           sum (l.accepted * ol.unit_price_cents)::bigint AS accepted_cents
    FROM pipeline.delivery_line l
    JOIN pipeline.order_line ol ON ol.id = l.order_line_id
    WHERE l.delivery_id = d.id) line;

CREATE VIEW pipeline.cancellation_record WITH (security_invoker = true) AS
SELECT c.id, c.order_id, c.buyer_id, c.supplier_id, c.asked_by, c.lines, c.reason,
       o.state AS order_state, o.fictional, c.state, c.version, c.created_at
FROM pipeline.cancellation c JOIN pipeline.purchase_order o ON o.id = c.order_id;

CREATE VIEW pipeline.goods_return_record WITH (security_invoker = true) AS
SELECT r.id, r.order_id, r.buyer_id, r.supplier_id, r.lines, r.reason,
       (SELECT sum (x.quantity * l.unit_price_cents)::bigint
        FROM jsonb_to_recordset (r.lines) AS x (order_line_id uuid, quantity bigint)
        JOIN pipeline.order_line l ON l.id = x.order_line_id) AS net_cents,
       o.fictional, r.state, r.version, r.created_at
FROM pipeline.goods_return r JOIN pipeline.purchase_order o ON o.id = r.order_id;

GRANT SELECT, INSERT, UPDATE ON pipeline.cancellation, pipeline.goods_return TO mw_pipeline;
GRANT SELECT ON pipeline.term, pipeline.holiday, pipeline.cancellation_record,
    pipeline.goods_return_record TO mw_pipeline;
