-- Payments in full: announced, reported, confirmed, and reversed whenever the bank says so; refunds, with
-- who bears them. Facts are kept as they come, in whatever order; the figures follow from them.

ALTER TABLE pipeline.payment
    ALTER COLUMN bank_reference DROP NOT NULL,
    ADD COLUMN reference_key text,
    ADD COLUMN iban text,
    ADD COLUMN pay_on date,
    ADD COLUMN reported_at timestamptz,
    ADD COLUMN confirmed_at timestamptz,
    ADD COLUMN reversed_at timestamptz,
    ADD COLUMN reverse_reason text,
    ADD COLUMN refunded_cents bigint NOT NULL DEFAULT 0 CHECK (refunded_cents >= 0),
    ADD CONSTRAINT within_payment CHECK (refunded_cents <= amount_cents),
    DROP CONSTRAINT payment_state_check,
    ADD CONSTRAINT payment_state_check
        CHECK (state IN ('announced', 'reported', 'confirmed', 'reversed'));

-- What the bank calls a payment is told once per buyer; spaces and case say nothing. Payments from
-- before have no key, as some shared a reference.
CREATE UNIQUE INDEX paid_once ON pipeline.payment (buyer_id, reference_key);

CREATE FUNCTION pipeline.reference_key (reference text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN upper (regexp_replace (reference, '\s', '', 'g'));

CREATE TABLE pipeline.refund (
    id             uuid PRIMARY KEY,
    payment_id     uuid NOT NULL REFERENCES pipeline.payment,
    invoice_id     uuid NOT NULL REFERENCES pipeline.invoice,
    buyer_id       uuid NOT NULL,
    supplier_id    uuid NOT NULL,
    amount_cents   bigint NOT NULL CHECK (amount_cents > 0),
    bank_reference text NOT NULL,
    reference_key  text NOT NULL,
    borne_by       text NOT NULL CHECK (borne_by IN ('supplier', 'operator', 'buyer')),
    reason         text NOT NULL,
    reverse_reason text,
    state          text NOT NULL DEFAULT 'reported' CHECK (state IN ('reported', 'confirmed', 'reversed')),
    version        bigint NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL,
    CONSTRAINT refunded_once UNIQUE (supplier_id, reference_key)
);

CREATE INDEX refund_by_payment ON pipeline.refund (payment_id, id DESC);
CREATE INDEX refund_by_invoice ON pipeline.refund (invoice_id, id DESC);
CREATE INDEX refund_by_buyer ON pipeline.refund (buyer_id, id DESC);
CREATE INDEX refund_by_supplier ON pipeline.refund (supplier_id, id DESC);

ALTER TABLE pipeline.refund ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.refund FORCE ROW LEVEL SECURITY;
CREATE POLICY refund_reported ON pipeline.refund FOR INSERT
    WITH CHECK (supplier_id = app.org ());
CREATE POLICY refund_read ON pipeline.refund FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY refund_moved ON pipeline.refund FOR UPDATE
    USING (buyer_id = app.org () OR supplier_id = app.org ());

-- The cents of an invoice. `paid` counts what was reported or confirmed, `confirmed` what the supplier
-- saw come; both without what was reversed. `frozen` is in dispute.
ALTER TABLE pipeline.invoice
    ADD COLUMN confirmed_cents bigint NOT NULL DEFAULT 0 CHECK (confirmed_cents >= 0),
    ADD COLUMN refunded_cents  bigint NOT NULL DEFAULT 0 CHECK (refunded_cents >= 0),
    ADD COLUMN frozen_cents    bigint NOT NULL DEFAULT 0 CHECK (frozen_cents >= 0),
    ADD CHECK (confirmed_cents <= paid_cents),
    DROP CONSTRAINT within_invoice;

-- What is off an invoice by credit notes, which a later migration brings.
CREATE FUNCTION pipeline.credited_cents (v pipeline.invoice) RETURNS bigint
LANGUAGE sql STABLE
RETURN coalesce ((to_jsonb (v) ->> 'credited_cents')::bigint, 0);

-- What is not to be paid of an order while units that were invoiced are in dispute. Disputed units are
-- first of all those that were not invoiced yet. VAT as of the day on which the dispute is looked at.
CREATE FUNCTION pipeline.frozen_cents (order_id uuid) RETURNS bigint
LANGUAGE sql STABLE
RETURN (SELECT coalesce (sum (f.cents + pipeline.vat_cents (f.vat, f.cents, current_date)), 0)::bigint
        FROM (SELECT l.vat, l.unit_price_cents * greatest (0,
                  l.disputed - (l.accepted - l.returned - l.invoiced + l.credited)) AS cents
              FROM pipeline.order_line l WHERE l.order_id = frozen_cents.order_id AND l.disputed > 0) f);

-- Laws about a change: a payment never brings more than is asked, less what is in dispute. What is
-- credited or comes back later may leave too much paid; that is shown, not refused.
CREATE FUNCTION pipeline.invoice_law () RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    due  bigint := NEW.gross_cents - pipeline.credited_cents (NEW);
    net  bigint := NEW.paid_cents - NEW.refunded_cents;
    rest bigint;
BEGIN
    IF NEW.paid_cents <= OLD.paid_cents THEN
        RETURN NEW;
    END IF;
    IF net > due THEN
        RAISE check_violation USING CONSTRAINT = 'within_invoice', MESSAGE = 'within_invoice';
    END IF;
    SELECT coalesce (sum (greatest (0, v.gross_cents - pipeline.credited_cents (v)
                                       - v.paid_cents + v.refunded_cents)), 0) INTO rest
    FROM pipeline.invoice v
    WHERE v.order_id = NEW.order_id AND v.id <> NEW.id AND v.state NOT IN ('draft', 'dropped', 'rejected');
    IF net > due - NEW.frozen_cents OR due - net + rest < pipeline.frozen_cents (NEW.order_id) THEN
        RAISE check_violation USING CONSTRAINT = 'not_disputed', MESSAGE = 'not_disputed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER invoice_law BEFORE UPDATE ON pipeline.invoice
    FOR EACH ROW EXECUTE FUNCTION pipeline.invoice_law ();

-- What credits take off the ledger while a part of it is frozen.
CREATE OR REPLACE FUNCTION pipeline.order_line_law () RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked bigint := NEW.invoiced - NEW.credited;
BEGIN
    IF NEW.invoiced > OLD.invoiced AND asked > NEW.accepted - NEW.returned THEN
        RAISE check_violation USING CONSTRAINT = 'within_accepted', MESSAGE = 'within_accepted';
    END IF;
    IF NEW.disputed > 0 AND (
        (NEW.invoiced > OLD.invoiced AND asked > NEW.accepted - NEW.returned - NEW.disputed)
        OR (NEW.returned > OLD.returned AND NEW.returned > NEW.accepted - NEW.disputed)
        OR (NEW.credited > OLD.credited AND asked < NEW.disputed
            - (OLD.accepted - OLD.returned - OLD.invoiced + OLD.credited))) THEN
        RAISE check_violation USING CONSTRAINT = 'not_disputed', MESSAGE = 'not_disputed';
    END IF;
    RETURN NEW;
END $$;

CREATE VIEW pipeline.order_money WITH (security_invoker = true) AS
SELECT v.order_id, sum (v.paid_cents)::bigint AS paid_cents,
       sum (v.confirmed_cents)::bigint AS confirmed_cents,
       sum (v.refunded_cents)::bigint AS refunded_cents,
       sum (greatest (0, v.gross_cents - pipeline.credited_cents (v) - v.paid_cents + v.refunded_cents)
           )::bigint AS open_cents,
       sum (greatest (0, v.paid_cents - v.refunded_cents - v.gross_cents + pipeline.credited_cents (v))
           )::bigint AS overpaid_cents,
       sum (v.frozen_cents)::bigint AS frozen_cents
FROM pipeline.invoice v
WHERE v.state NOT IN ('draft', 'dropped', 'rejected')
GROUP BY v.order_id;

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
           AS frozen_cents
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

CREATE OR REPLACE VIEW pipeline.payment_record WITH (security_invoker = true) AS
SELECT p.id, p.invoice_id, p.amount_cents, p.bank_reference, p.buyer_id, p.supplier_id, v.order_id,
       o.fictional, v.state AS invoice_state, p.state, p.version, p.created_at,
       p.iban, p.pay_on, p.reported_at, p.confirmed_at, p.reversed_at, p.reverse_reason, p.refunded_cents
FROM pipeline.payment p
JOIN pipeline.invoice v ON v.id = p.invoice_id
JOIN pipeline.purchase_order o ON o.id = v.order_id;

CREATE VIEW pipeline.refund_record WITH (security_invoker = true) AS
SELECT r.id, r.payment_id, r.invoice_id, v.order_id, r.buyer_id, r.supplier_id, r.amount_cents,
       r.bank_reference, r.borne_by, r.reason, r.reverse_reason, p.state AS payment_state, o.fictional,
       r.state, r.version, r.created_at
FROM pipeline.refund r
JOIN pipeline.payment p ON p.id = r.payment_id
JOIN pipeline.invoice v ON v.id = r.invoice_id
JOIN pipeline.purchase_order o ON o.id = v.order_id;

GRANT SELECT, INSERT, UPDATE ON pipeline.refund TO mw_pipeline;
GRANT SELECT ON pipeline.refund_record, pipeline.order_money TO mw_pipeline;

-- A term is fixed when it begins. What is told long afterwards, as history, is not waited for.
CREATE FUNCTION pipeline.due_ahead (term text, buyer uuid, since timestamptz) RETURNS timestamptz
LANGUAGE sql VOLATILE
RETURN (SELECT CASE WHEN d.due > clock_timestamp () THEN d.due END
        FROM (SELECT pipeline.due_at (due_ahead.term, coalesce (
                  (SELECT k.kind FROM pipeline.known_organisation k WHERE k.id = due_ahead.buyer),
                  'company'), due_ahead.since) AS due) d);

ALTER TABLE pipeline.delivery ADD COLUMN judge_by timestamptz;

CREATE OR REPLACE VIEW pipeline.delivery_record WITH (security_invoker = true) AS
SELECT d.id, d.order_id, d.buyer_id, d.supplier_id, o.municipality, o.sector, line.lines, d.note,
       d.judged_at, line.accepted_cents, o.fictional, o.state AS order_state, d.state, d.version,
       d.created_at, d.redelivery_of, d.delivered_at, d.judge_by, d.deemed_at IS NOT NULL AS deemed
FROM pipeline.delivery d
JOIN pipeline.purchase_order o ON o.id = d.order_id
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
