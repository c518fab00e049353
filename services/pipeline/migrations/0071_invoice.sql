-- Invoices as EN 16931 knows them: fixed when issued, compared with order and acceptance, corrected by
-- credit notes only. The ledger's `credited` is in 0060_ledger.sql.

-- A party as it stands on a document; fixed there when the document is issued.
CREATE FUNCTION pipeline.invoice_party (org uuid) RETURNS jsonb
LANGUAGE sql STABLE
RETURN (SELECT jsonb_strip_nulls (jsonb_build_object (
            'name', k.name, 'kvk_number', k.kvk_number, 'oin', k.oin, 'vat_number', k.vat_number,
            'street', k.street, 'house_number', k.house_number, 'postcode', k.postcode,
            'city', k.city, 'country', coalesce (k.country, 'NL'), 'iban', k.iban))
        FROM pipeline.known_organisation k WHERE k.id = org);

CREATE FUNCTION pipeline.vat_percent (vat text, day date) RETURNS bigint
LANGUAGE sql STABLE
RETURN (SELECT p.percentage FROM pipeline.vat_percentage p
        WHERE p.vat = vat_percent.vat AND p.valid_from <= vat_percent.day
        ORDER BY p.valid_from DESC LIMIT 1);

-- What is written anew below belongs to everybody; nobody else is let in meanwhile.
ALTER TABLE pipeline.invoice NO FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.invoice_line NO FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.order_line NO FORCE ROW LEVEL SECURITY;

ALTER TABLE pipeline.invoice
    ADD COLUMN seller jsonb, ADD COLUMN buyer jsonb, ADD COLUMN vat jsonb,
    ADD COLUMN vat_day date, ADD COLUMN note text, ADD COLUMN approved_differing bigint,
    ADD COLUMN credited_cents bigint NOT NULL DEFAULT 0 CHECK (credited_cents >= 0),
    ADD CONSTRAINT within_credit CHECK (credited_cents <= gross_cents),
    ADD CONSTRAINT three_ways_alike CHECK (approved_differing = 0),
    DROP CONSTRAINT invoice_state_check,
    ADD CONSTRAINT invoice_state_check
        CHECK (state IN ('draft', 'issued', 'delivered', 'matched', 'mismatch', 'approved', 'rejected',
                         'dropped'));

-- What the invoice says, which is not always what was ordered.
ALTER TABLE pipeline.invoice_line
    ADD COLUMN unit_price_cents bigint CHECK (unit_price_cents >= 0),
    ADD COLUMN vat text CHECK (vat IN ('high', 'low', 'zero')),
    ADD COLUMN credited bigint NOT NULL DEFAULT 0 CHECK (credited >= 0),
    ADD CONSTRAINT within_credit CHECK (credited <= quantity);

UPDATE pipeline.invoice_line l SET unit_price_cents = ol.unit_price_cents, vat = ol.vat
FROM pipeline.order_line ol WHERE ol.id = l.order_line_id;
ALTER TABLE pipeline.invoice_line
    ALTER COLUMN unit_price_cents SET NOT NULL, ALTER COLUMN vat SET NOT NULL;

-- VAT of each rate over what a document's lines come to.
CREATE FUNCTION pipeline.vat_shares (lines jsonb, day date) RETURNS jsonb
LANGUAGE sql STABLE
RETURN (SELECT jsonb_agg (jsonb_build_object (
                   'vat', r.vat, 'percentage', pipeline.vat_percent (r.vat, day),
                   'net_cents', r.net_cents,
                   'vat_cents', pipeline.vat_cents (r.vat, r.net_cents, day)) ORDER BY r.vat)
        FROM (SELECT l.vat, sum (l.quantity * l.unit_price_cents)::bigint AS net_cents
              FROM jsonb_to_recordset (lines) AS l (vat text, quantity bigint,
                                                    unit_price_cents bigint)
              GROUP BY l.vat) r);

UPDATE pipeline.invoice v
SET vat_day = (v.created_at AT TIME ZONE 'Europe/Amsterdam')::date,
    vat = pipeline.vat_shares (
        (SELECT jsonb_agg (to_jsonb (l)) FROM pipeline.invoice_line l WHERE l.invoice_id = v.id),
        (v.created_at AT TIME ZONE 'Europe/Amsterdam')::date),
    seller = CASE WHEN v.issued_at IS NOT NULL THEN pipeline.invoice_party (v.supplier_id) END,
    buyer = CASE WHEN v.issued_at IS NOT NULL THEN pipeline.invoice_party (v.buyer_id) END;
UPDATE pipeline.invoice SET state = 'matched' WHERE state = 'issued';
ALTER TABLE pipeline.invoice ALTER COLUMN vat_day SET NOT NULL, ALTER COLUMN vat SET NOT NULL;

-- One series of numbers per supplier, of invoices and credit notes together. The number of a draft
-- that was thrown away is free again; one that was sent never is.
CREATE TABLE pipeline.document_number (
    supplier_id uuid NOT NULL,
    number      text NOT NULL,
    document_id uuid NOT NULL UNIQUE
);
INSERT INTO pipeline.document_number (supplier_id, number, document_id)
SELECT supplier_id, number, id FROM pipeline.invoice WHERE state <> 'dropped';
ALTER TABLE pipeline.invoice FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.invoice_line FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.order_line FORCE ROW LEVEL SECURITY;
DROP INDEX pipeline.number_once;
ALTER TABLE pipeline.document_number ADD CONSTRAINT number_once PRIMARY KEY (supplier_id, number);

ALTER TABLE pipeline.document_number ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.document_number FORCE ROW LEVEL SECURITY;
CREATE POLICY document_number_supplier ON pipeline.document_number
    USING (supplier_id = app.org ()) WITH CHECK (supplier_id = app.org ());

CREATE TABLE pipeline.credit_note (
    id          uuid PRIMARY KEY,
    invoice_id  uuid NOT NULL REFERENCES pipeline.invoice,
    order_id    uuid NOT NULL REFERENCES pipeline.purchase_order,
    buyer_id    uuid NOT NULL,
    supplier_id uuid NOT NULL,
    number      text NOT NULL,
    reason      text NOT NULL,
    vat         jsonb NOT NULL,
    net_cents   bigint NOT NULL,
    vat_cents   bigint NOT NULL,
    gross_cents bigint NOT NULL CHECK (gross_cents = net_cents + vat_cents),
    issued_at   timestamptz,
    state       text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'issued', 'dropped')),
    version     bigint NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL,
    UNIQUE (id, invoice_id)
);
CREATE INDEX credit_note_by_invoice ON pipeline.credit_note (invoice_id, id DESC);
CREATE INDEX credit_note_by_order ON pipeline.credit_note (order_id, id DESC);
CREATE INDEX credit_note_by_buyer ON pipeline.credit_note (buyer_id, id DESC);
CREATE INDEX credit_note_by_supplier ON pipeline.credit_note (supplier_id, id DESC);

CREATE TABLE pipeline.credit_line (
    credit_note_id uuid NOT NULL,
    invoice_id     uuid NOT NULL,
    order_line_id  uuid NOT NULL,
    supplier_id    uuid NOT NULL,
    quantity       bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (credit_note_id, order_line_id),
    FOREIGN KEY (credit_note_id, invoice_id) REFERENCES pipeline.credit_note (id, invoice_id),
    CONSTRAINT line_of_invoice FOREIGN KEY (invoice_id, order_line_id)
        REFERENCES pipeline.invoice_line (invoice_id, order_line_id)
);

-- As of invoices: the buyer sees what was sent.
ALTER TABLE pipeline.credit_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.credit_note FORCE ROW LEVEL SECURITY;
CREATE POLICY credit_note_supplier ON pipeline.credit_note
    USING (supplier_id = app.org ()) WITH CHECK (supplier_id = app.org ());
CREATE POLICY credit_note_buyer ON pipeline.credit_note FOR SELECT
    USING (buyer_id = app.org () AND issued_at IS NOT NULL);
ALTER TABLE pipeline.credit_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.credit_line FORCE ROW LEVEL SECURITY;
CREATE POLICY credit_line_supplier ON pipeline.credit_line
    USING (supplier_id = app.org ()) WITH CHECK (supplier_id = app.org ());
CREATE POLICY credit_line_buyer ON pipeline.credit_line FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.credit_note c WHERE c.id = credit_note_id));

-- The date of a moment, as people in the Netherlands write it.
CREATE FUNCTION pipeline.day_of (at timestamptz) RETURNS date
LANGUAGE sql STABLE RETURN (at AT TIME ZONE 'Europe/Amsterdam')::date;

-- Where an invoice's line is not what was ordered, accepted and free of dispute.
CREATE FUNCTION pipeline.match_differences (l pipeline.invoice_line, o pipeline.order_line)
RETURNS text[] LANGUAGE sql IMMUTABLE
RETURN array_remove (ARRAY [
    CASE WHEN l.unit_price_cents <> o.unit_price_cents THEN 'price' END,
    CASE WHEN l.vat <> o.vat THEN 'vat' END,
    CASE WHEN o.invoiced - o.credited > o.accepted - o.returned THEN 'quantity' END,
    CASE WHEN o.disputed > 0 THEN 'disputed' END], NULL);

DROP VIEW pipeline.invoice_record;
CREATE VIEW pipeline.invoice_record WITH (security_invoker = true) AS
SELECT v.id, v.order_id, v.number, v.buyer_id, buyer.name AS buyer_name, v.supplier_id,
       supplier.name AS supplier_name,
       coalesce (v.seller, pipeline.invoice_party (v.supplier_id)) AS seller,
       coalesce (v.buyer, pipeline.invoice_party (v.buyer_id)) - 'iban' AS buyer,
       coalesce (o.reference, o.id::text) AS order_reference, line.lines, v.vat, v.net_cents,
       v.vat_cents, v.gross_cents, v.credited_cents, v.paid_cents,
       pipeline.day_of (v.issued_at) AS issued_on, v.due_on, v.note, v.reject_reason, line.differing,
       o.fictional, o.placed_by AS ordered_by, v.state, v.version, v.created_at
FROM pipeline.invoice v
JOIN pipeline.purchase_order o ON o.id = v.order_id
LEFT JOIN pipeline.need n ON n.id = o.need_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_strip_nulls (json_build_object (
               'order_line_id', l.order_line_id, 'quantity', l.quantity,
               'unit_price_cents', l.unit_price_cents, 'vat', l.vat, 'no', ol.no,
               'description', ol.description, 'unit', ol.unit, 'cpv', n.cpv [1],
               'net_cents', l.quantity * l.unit_price_cents, 'credited', l.credited,
               'ordered', ol.ordered, 'accepted', ol.accepted - ol.returned,
               'invoiced', ol.invoiced - ol.credited, 'disputed', ol.disputed,
               'ordered_price_cents', ol.unit_price_cents, 'ordered_vat', ol.vat,
               'differences', pipeline.match_differences (l, ol))) ORDER BY ol.no) AS lines,
           count (*) FILTER (WHERE pipeline.match_differences (l, ol) <> '{}') AS differing
    FROM pipeline.invoice_line l
    JOIN pipeline.order_line ol ON ol.id = l.order_line_id
    WHERE l.invoice_id = v.id) line
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = v.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = v.supplier_id;

CREATE VIEW pipeline.credit_note_record WITH (security_invoker = true) AS
SELECT c.id, c.invoice_id, c.order_id, c.number, c.reason, v.number AS invoice_number, c.buyer_id,
       buyer.name AS buyer_name, c.supplier_id, supplier.name AS supplier_name,
       v.seller, v.buyer - 'iban' AS buyer, coalesce (o.reference, o.id::text) AS order_reference,
       line.lines, c.vat, c.net_cents, c.vat_cents, c.gross_cents,
       pipeline.day_of (c.issued_at) AS issued_on, o.fictional, v.state AS invoice_state, c.state,
       c.version, c.created_at
FROM pipeline.credit_note c
JOIN pipeline.invoice v ON v.id = c.invoice_id
JOIN pipeline.purchase_order o ON o.id = c.order_id
LEFT JOIN pipeline.need n ON n.id = o.need_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_strip_nulls (json_build_object (
               'order_line_id', l.order_line_id, 'quantity', l.quantity, 'no', ol.no,
               'description', ol.description, 'unit', ol.unit, 'cpv', n.cpv [1],
               'unit_price_cents', il.unit_price_cents, 'vat', il.vat,
               'net_cents', l.quantity * il.unit_price_cents)) ORDER BY ol.no) AS lines
    FROM pipeline.credit_line l
    JOIN pipeline.order_line ol ON ol.id = l.order_line_id
    JOIN pipeline.invoice_line il ON il.invoice_id = c.invoice_id AND il.order_line_id = l.order_line_id
    WHERE l.credit_note_id = c.id) line
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = c.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = c.supplier_id;

GRANT UPDATE ON pipeline.invoice_line TO mw_pipeline;
GRANT SELECT, INSERT, UPDATE ON pipeline.credit_note TO mw_pipeline;
GRANT SELECT, INSERT ON pipeline.credit_line TO mw_pipeline;
GRANT SELECT, INSERT, DELETE ON pipeline.document_number TO mw_pipeline;
GRANT SELECT ON pipeline.invoice_record, pipeline.credit_note_record TO mw_pipeline;
