-- The deal: need, invitation, quote, order, delivery, invoice, payment.
--
-- Quantities and cents are the truth: order_line is the ledger, and its constraints are the law
-- that no path through the code can break. A constraint that bears the name of a reason is answered
-- with it.

-- need --------------------------------------------------------------------------------------------

CREATE TABLE pipeline.need (
    id               uuid PRIMARY KEY,
    buyer_id         uuid NOT NULL,
    title            text NOT NULL,
    description      text NOT NULL,
    kind             text CHECK (kind IN ('product', 'service', 'work')),
    sector           text CHECK (sector IN (
                         'green', 'catering', 'cleaning', 'print', 'ict', 'furniture', 'reuse',
                         'textile', 'transport', 'building', 'care', 'creative')),
    cpv              text[] NOT NULL,
    quantity         bigint,
    unit             text,
    budget_cents     bigint,
    municipality     text NOT NULL,
    start_on         date,
    quote_deadline   timestamptz NOT NULL,
    goals            text[],
    target_groups    text[],
    fictional        boolean NOT NULL,
    awarded_quote_id uuid,
    motivation       text,
    cancel_reason    text,
    published_at     timestamptz,
    state            text NOT NULL DEFAULT 'draft'
                     CHECK (state IN ('draft', 'open', 'awarded', 'cancelled')),
    version          bigint NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL,
    CONSTRAINT cpv_known CHECK (
        cardinality (cpv) > 0
        AND array_to_string (cpv, ' ', '?') ~ '^([0-9]{8}-[0-9] )*[0-9]{8}-[0-9]$')
);

CREATE INDEX need_by_buyer ON pipeline.need (buyer_id, id DESC);
CREATE INDEX need_by_state ON pipeline.need (state, id DESC);

-- What once was on the market stays public, also when it is cancelled later; a draft never is.
ALTER TABLE pipeline.need ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.need FORCE ROW LEVEL SECURITY;
CREATE POLICY need_buyer ON pipeline.need
    USING (buyer_id = app.org ()) WITH CHECK (buyer_id = app.org ());
CREATE POLICY need_public ON pipeline.need FOR SELECT
    USING (published_at IS NOT NULL);

-- invitation --------------------------------------------------------------------------------------

CREATE TABLE pipeline.invitation (
    id             uuid PRIMARY KEY,
    need_id        uuid NOT NULL REFERENCES pipeline.need,
    buyer_id       uuid NOT NULL,
    supplier_id    uuid NOT NULL,
    offer_id       uuid,
    message        text,
    decline_reason text,
    state          text NOT NULL DEFAULT 'sent' CHECK (state IN ('sent', 'answered', 'declined')),
    version        bigint NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL,
    CONSTRAINT invited_once UNIQUE (need_id, supplier_id)
);

CREATE INDEX invitation_by_buyer ON pipeline.invitation (buyer_id, id DESC);
CREATE INDEX invitation_by_supplier ON pipeline.invitation (supplier_id, id DESC);

ALTER TABLE pipeline.invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY invitation_sent ON pipeline.invitation FOR INSERT
    WITH CHECK (buyer_id = app.org ());
CREATE POLICY invitation_read ON pipeline.invitation FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY invitation_moved ON pipeline.invitation FOR UPDATE
    USING (buyer_id = app.org () OR supplier_id = app.org ());

-- quote -------------------------------------------------------------------------------------------

-- What the lines of a quote come to, excluding VAT.
CREATE FUNCTION pipeline.lines_total (lines jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN (SELECT sum (l.quantity * l.unit_price_cents)::bigint
        FROM jsonb_to_recordset (lines) AS l (quantity bigint, unit_price_cents bigint));

-- The lines are kept as the supplier wrote them: one document, judged as a whole.
CREATE TABLE pipeline.quote (
    id           uuid PRIMARY KEY,
    need_id      uuid NOT NULL REFERENCES pipeline.need,
    supplier_id  uuid NOT NULL,
    buyer_id     uuid NOT NULL,
    offer_id     uuid,
    message      text,
    valid_until  date,
    lines        jsonb NOT NULL,
    total_cents  bigint NOT NULL,
    submitted_at timestamptz,
    state        text NOT NULL DEFAULT 'draft'
                 CHECK (state IN ('draft', 'submitted', 'selected', 'not_selected', 'withdrawn')),
    version      bigint NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL,
    UNIQUE (id, need_id),
    CONSTRAINT within_amount CHECK (total_cents BETWEEN 0 AND 1000000000000)
);

-- One live quote per need and supplier: who withdraws may write another.
CREATE UNIQUE INDEX once_per_need ON pipeline.quote (need_id, supplier_id)
    WHERE state <> 'withdrawn';
CREATE INDEX quote_by_need ON pipeline.quote (need_id, id DESC);
CREATE INDEX quote_by_supplier ON pipeline.quote (supplier_id, id DESC);
CREATE INDEX quote_by_buyer ON pipeline.quote (buyer_id, id DESC);

ALTER TABLE pipeline.need ADD CONSTRAINT quote_of_need
    FOREIGN KEY (awarded_quote_id, id) REFERENCES pipeline.quote (id, need_id);

-- The buyer sees what was handed in, and nothing of what never was.
ALTER TABLE pipeline.quote ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.quote FORCE ROW LEVEL SECURITY;
CREATE POLICY quote_supplier ON pipeline.quote
    USING (supplier_id = app.org ()) WITH CHECK (supplier_id = app.org ());
CREATE POLICY quote_buyer_reads ON pipeline.quote FOR SELECT
    USING (buyer_id = app.org () AND submitted_at IS NOT NULL);
CREATE POLICY quote_buyer_chooses ON pipeline.quote FOR UPDATE
    USING (buyer_id = app.org () AND submitted_at IS NOT NULL);

-- order -------------------------------------------------------------------------------------------

CREATE TABLE pipeline.purchase_order (
    id            uuid PRIMARY KEY,
    quote_id      uuid NOT NULL REFERENCES pipeline.quote,
    need_id       uuid NOT NULL REFERENCES pipeline.need,
    need_title    text NOT NULL,
    reference     text,
    buyer_id      uuid NOT NULL,
    supplier_id   uuid NOT NULL,
    municipality  text NOT NULL,
    sector        text,
    placed_by     uuid,
    refuse_reason text,
    fictional     boolean NOT NULL,
    state         text NOT NULL DEFAULT 'placed'
                  CHECK (state IN ('placed', 'confirmed', 'refused')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL
);

-- A refused order is over; the buyer may place it again.
CREATE UNIQUE INDEX ordered_once ON pipeline.purchase_order (quote_id) WHERE state <> 'refused';
CREATE INDEX purchase_order_by_buyer ON pipeline.purchase_order (buyer_id, id DESC);
CREATE INDEX purchase_order_by_supplier ON pipeline.purchase_order (supplier_id, id DESC);
CREATE INDEX purchase_order_by_need ON pipeline.purchase_order (need_id);

-- The ledger: what became of every unit. `announced` counts what is on its way or came; rejected
-- units may come again, so they give their room back. What is invoiced counts from the draft on.
CREATE TABLE pipeline.order_line (
    id               uuid PRIMARY KEY,
    order_id         uuid NOT NULL REFERENCES pipeline.purchase_order,
    no               bigint NOT NULL,
    buyer_id         uuid NOT NULL,
    supplier_id      uuid NOT NULL,
    description      text NOT NULL,
    unit             text NOT NULL,
    unit_price_cents bigint NOT NULL CHECK (unit_price_cents >= 0),
    vat              text NOT NULL CHECK (vat IN ('high', 'low', 'zero')),
    ordered          bigint NOT NULL CHECK (ordered > 0),
    announced        bigint NOT NULL DEFAULT 0,
    delivered        bigint NOT NULL DEFAULT 0,
    accepted         bigint NOT NULL DEFAULT 0 CHECK (accepted >= 0),
    rejected         bigint NOT NULL DEFAULT 0 CHECK (rejected >= 0),
    invoiced         bigint NOT NULL DEFAULT 0 CHECK (invoiced >= 0),
    UNIQUE (order_id, no),
    UNIQUE (id, order_id),
    CHECK (delivered <= announced),
    CONSTRAINT within_ordered CHECK (announced - rejected <= ordered),
    CONSTRAINT within_delivered CHECK (accepted + rejected <= delivered),
    CONSTRAINT within_accepted CHECK (invoiced <= accepted)
);

ALTER TABLE pipeline.purchase_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.purchase_order FORCE ROW LEVEL SECURITY;
CREATE POLICY order_placed ON pipeline.purchase_order FOR INSERT
    WITH CHECK (buyer_id = app.org ());
CREATE POLICY order_read ON pipeline.purchase_order FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY order_moved ON pipeline.purchase_order FOR UPDATE
    USING (buyer_id = app.org () OR supplier_id = app.org ());

ALTER TABLE pipeline.order_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.order_line FORCE ROW LEVEL SECURITY;
CREATE POLICY order_line_placed ON pipeline.order_line FOR INSERT
    WITH CHECK (buyer_id = app.org ());
CREATE POLICY order_line_read ON pipeline.order_line FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY order_line_counted ON pipeline.order_line FOR UPDATE
    USING (buyer_id = app.org () OR supplier_id = app.org ());

-- delivery ----------------------------------------------------------------------------------------

CREATE TABLE pipeline.delivery (
    id          uuid PRIMARY KEY,
    order_id    uuid NOT NULL REFERENCES pipeline.purchase_order,
    buyer_id    uuid NOT NULL,
    supplier_id uuid NOT NULL,
    note        text,
    judged_at   timestamptz,
    state       text NOT NULL DEFAULT 'announced'
                CHECK (state IN ('announced', 'delivered', 'judged')),
    version     bigint NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL,
    UNIQUE (id, order_id)
);

CREATE INDEX delivery_by_order ON pipeline.delivery (order_id, id DESC);
CREATE INDEX delivery_by_buyer ON pipeline.delivery (buyer_id, id DESC);
CREATE INDEX delivery_by_supplier ON pipeline.delivery (supplier_id, id DESC);

-- Before the judgement nothing is known: NULL, not zero. After it, every unit that came is judged.
CREATE TABLE pipeline.delivery_line (
    delivery_id   uuid NOT NULL,
    order_line_id uuid NOT NULL,
    order_id      uuid NOT NULL,
    buyer_id      uuid NOT NULL,
    supplier_id   uuid NOT NULL,
    quantity      bigint NOT NULL CHECK (quantity > 0),
    accepted      bigint,
    rejected      bigint,
    reject_reason text,
    PRIMARY KEY (delivery_id, order_line_id),
    FOREIGN KEY (delivery_id, order_id) REFERENCES pipeline.delivery (id, order_id),
    CONSTRAINT line_of_order FOREIGN KEY (order_line_id, order_id)
        REFERENCES pipeline.order_line (id, order_id),
    CONSTRAINT within_delivered CHECK (accepted + rejected = quantity),
    CONSTRAINT rejection_explained CHECK (rejected = 0 OR reject_reason IS NOT NULL)
);

ALTER TABLE pipeline.delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY delivery_announced ON pipeline.delivery FOR INSERT
    WITH CHECK (supplier_id = app.org ());
CREATE POLICY delivery_read ON pipeline.delivery FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY delivery_moved ON pipeline.delivery FOR UPDATE
    USING (buyer_id = app.org () OR supplier_id = app.org ());

ALTER TABLE pipeline.delivery_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.delivery_line FORCE ROW LEVEL SECURITY;
CREATE POLICY delivery_line_announced ON pipeline.delivery_line FOR INSERT
    WITH CHECK (supplier_id = app.org ());
CREATE POLICY delivery_line_read ON pipeline.delivery_line FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY delivery_line_judged ON pipeline.delivery_line FOR UPDATE
    USING (buyer_id = app.org ());

-- invoice and payment -----------------------------------------------------------------------------

-- What the words for VAT mean, from which day.
CREATE TABLE pipeline.vat_percentage (
    vat        text NOT NULL CHECK (vat IN ('high', 'low', 'zero')),
    valid_from date NOT NULL,
    percentage bigint NOT NULL CHECK (percentage BETWEEN 0 AND 100),
    PRIMARY KEY (vat, valid_from)
);

INSERT INTO pipeline.vat_percentage (vat, valid_from, percentage) VALUES
    ('high', '2012-10-01', 21), ('low', '2001-01-01', 6), ('low', '2019-01-01', 9),
    ('zero', '2001-01-01', 0);

-- VAT over a sum of cents that is not negative, on that day, half a cent rounded up.
CREATE FUNCTION pipeline.vat_cents (vat text, net_cents bigint, day date) RETURNS bigint
LANGUAGE sql STABLE
RETURN (SELECT (vat_cents.net_cents * p.percentage + 50) / 100
        FROM pipeline.vat_percentage p
        WHERE p.vat = vat_cents.vat AND p.valid_from <= vat_cents.day
        ORDER BY p.valid_from DESC LIMIT 1);

-- The amounts are fixed when it is written; prices come from the order's lines, which never change.
CREATE TABLE pipeline.invoice (
    id            uuid PRIMARY KEY,
    order_id      uuid NOT NULL REFERENCES pipeline.purchase_order,
    buyer_id      uuid NOT NULL,
    supplier_id   uuid NOT NULL,
    number        text NOT NULL,
    net_cents     bigint NOT NULL,
    vat_cents     bigint NOT NULL,
    gross_cents   bigint NOT NULL CHECK (gross_cents = net_cents + vat_cents),
    paid_cents    bigint NOT NULL DEFAULT 0 CHECK (paid_cents >= 0),
    due_on        date,
    issued_at     timestamptz,
    reject_reason text,
    state         text NOT NULL DEFAULT 'draft'
                  CHECK (state IN ('draft', 'issued', 'approved', 'rejected', 'dropped')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    UNIQUE (id, order_id),
    CONSTRAINT within_invoice CHECK (paid_cents <= gross_cents)
);

-- The number of a draft that was thrown away is free again; one that was sent never is.
CREATE UNIQUE INDEX number_once ON pipeline.invoice (supplier_id, number) WHERE state <> 'dropped';
CREATE INDEX invoice_by_order ON pipeline.invoice (order_id, id DESC);
CREATE INDEX invoice_by_buyer ON pipeline.invoice (buyer_id, id DESC);
CREATE INDEX invoice_by_supplier ON pipeline.invoice (supplier_id, id DESC);

CREATE TABLE pipeline.invoice_line (
    invoice_id    uuid NOT NULL,
    order_line_id uuid NOT NULL,
    order_id      uuid NOT NULL,
    supplier_id   uuid NOT NULL,
    quantity      bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (invoice_id, order_line_id),
    FOREIGN KEY (invoice_id, order_id) REFERENCES pipeline.invoice (id, order_id),
    CONSTRAINT line_of_order FOREIGN KEY (order_line_id, order_id)
        REFERENCES pipeline.order_line (id, order_id)
);

CREATE TABLE pipeline.payment (
    id             uuid PRIMARY KEY,
    invoice_id     uuid NOT NULL REFERENCES pipeline.invoice,
    buyer_id       uuid NOT NULL,
    supplier_id    uuid NOT NULL,
    amount_cents   bigint NOT NULL CHECK (amount_cents > 0),
    bank_reference text NOT NULL,
    state          text NOT NULL DEFAULT 'reported' CHECK (state IN ('reported', 'confirmed')),
    version        bigint NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL
);

CREATE INDEX payment_by_invoice ON pipeline.payment (invoice_id, id DESC);
CREATE INDEX payment_by_buyer ON pipeline.payment (buyer_id, id DESC);
CREATE INDEX payment_by_supplier ON pipeline.payment (supplier_id, id DESC);

-- The buyer sees an invoice from when it is sent, and its lines where it sees the invoice.
ALTER TABLE pipeline.invoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.invoice FORCE ROW LEVEL SECURITY;
CREATE POLICY invoice_supplier ON pipeline.invoice
    USING (supplier_id = app.org ()) WITH CHECK (supplier_id = app.org ());
CREATE POLICY invoice_buyer_reads ON pipeline.invoice FOR SELECT
    USING (buyer_id = app.org () AND issued_at IS NOT NULL);
CREATE POLICY invoice_buyer_decides ON pipeline.invoice FOR UPDATE
    USING (buyer_id = app.org () AND issued_at IS NOT NULL);

ALTER TABLE pipeline.invoice_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.invoice_line FORCE ROW LEVEL SECURITY;
CREATE POLICY invoice_line_supplier ON pipeline.invoice_line
    USING (supplier_id = app.org ()) WITH CHECK (supplier_id = app.org ());
CREATE POLICY invoice_line_buyer ON pipeline.invoice_line FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.invoice i WHERE i.id = invoice_id));

ALTER TABLE pipeline.payment ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.payment FORCE ROW LEVEL SECURITY;
CREATE POLICY payment_reported ON pipeline.payment FOR INSERT
    WITH CHECK (buyer_id = app.org ());
CREATE POLICY payment_read ON pipeline.payment FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY payment_moved ON pipeline.payment FOR UPDATE
    USING (buyer_id = app.org () OR supplier_id = app.org ());
