-- Disputes about accepted units or about an amount of an invoice, which are frozen meanwhile: not payable,
-- not invoiced, not credited, not sent back. The handler is whom the buyer appointed, and neither side.

CREATE TABLE pipeline.dispute (
    id             uuid PRIMARY KEY,
    order_id       uuid NOT NULL REFERENCES pipeline.purchase_order,
    order_line_id  uuid,
    quantity       bigint CHECK (quantity > 0),
    invoice_id     uuid,
    amount_cents   bigint CHECK (amount_cents > 0),
    buyer_id       uuid NOT NULL,
    supplier_id    uuid NOT NULL,
    handler_id     uuid CHECK (handler_id NOT IN (buyer_id, supplier_id)),
    raised_by      uuid NOT NULL CHECK (raised_by IN (buyer_id, supplier_id)),
    reason         text NOT NULL,
    response       text,
    decision       text CHECK (decision IN ('uphold', 'partial', 'reject')),
    upheld         bigint CHECK (upheld >= 0),
    motivation     text,
    answer_due_at  timestamptz,
    appeal_due_at  timestamptz,
    appeal_reason  text,
    fictional      boolean NOT NULL,
    state          text NOT NULL DEFAULT 'raised' CHECK (state IN (
                       'raised', 'mediation', 'decided', 'appealed', 'final', 'settled', 'withdrawn')),
    version        bigint NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL,
    CHECK ((order_line_id IS NULL) = (quantity IS NULL)),
    CHECK ((invoice_id IS NULL) = (amount_cents IS NULL)),
    CHECK ((order_line_id IS NULL) <> (invoice_id IS NULL)),
    CONSTRAINT within_dispute CHECK (upheld <= coalesce (quantity, amount_cents))
);

CREATE INDEX dispute_by_order ON pipeline.dispute (order_id, id DESC);
CREATE INDEX dispute_by_buyer ON pipeline.dispute (buyer_id, id DESC);
CREATE INDEX dispute_by_supplier ON pipeline.dispute (supplier_id, id DESC);
CREATE INDEX dispute_by_handler ON pipeline.dispute (handler_id, id DESC);

ALTER TABLE pipeline.dispute ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.dispute FORCE ROW LEVEL SECURITY;
CREATE POLICY dispute_raised ON pipeline.dispute FOR INSERT WITH CHECK (raised_by = app.org ());
CREATE POLICY dispute_read ON pipeline.dispute FOR SELECT
    USING (app.org () IN (buyer_id, supplier_id, handler_id));
CREATE POLICY dispute_moved ON pipeline.dispute FOR UPDATE
    USING (app.org () IN (buyer_id, supplier_id, handler_id));

-- An amount in dispute is a part of what the invoice still asks.
ALTER TABLE pipeline.invoice ADD CONSTRAINT within_invoice CHECK (frozen_cents <= gross_cents);

GRANT SELECT, INSERT, UPDATE ON pipeline.dispute TO mw_pipeline;
