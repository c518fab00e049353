-- Claims of impact: each rests on accepted units of an order line, and counts once another organisation verified it.

CREATE TABLE pipeline.impact_claim (
    id             uuid PRIMARY KEY,
    order_id       uuid NOT NULL REFERENCES pipeline.purchase_order,
    order_line_id  uuid NOT NULL REFERENCES pipeline.order_line,
    buyer_id       uuid NOT NULL,
    supplier_id    uuid NOT NULL,
    handler_id     uuid CHECK (handler_id NOT IN (buyer_id, supplier_id)),
    municipality   text NOT NULL,
    indicator      text NOT NULL CHECK (indicator IN (
                       'job', 'learn_work', 'work_hours', 'participant', 'co2_kg', 'waste_kg')),
    target_group   text CHECK ((target_group IS NULL) = (indicator IN ('co2_kg', 'waste_kg'))),
    quantity       bigint NOT NULL CHECK (quantity > 0),
    period_from    date NOT NULL,
    period_until   date NOT NULL CHECK (period_until >= period_from),
    method         text NOT NULL,
    documents      jsonb,
    question       text,
    answer         text,
    refuse_reason  text,
    appeal_due_at  timestamptz,
    appeal_reason  text,
    verified_by    uuid CHECK (verified_by <> supplier_id),
    verified_at    timestamptz,
    fictional      boolean NOT NULL,
    standing_units bigint NOT NULL CHECK (standing_units >= 0),
    state          text NOT NULL DEFAULT 'claimed' CHECK (state IN (
                       'claimed', 'evidence_asked', 'verified', 'refused', 'appealed', 'reopened', 'withdrawn')),
    version        bigint NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL
);

-- The same impact of a line counts once, also when it is claimed for another period: a claim is about all of the line.
CREATE UNIQUE INDEX claimed_once ON pipeline.impact_claim (order_line_id, indicator, target_group) NULLS NOT DISTINCT
    WHERE state NOT IN ('refused', 'withdrawn');
CREATE INDEX impact_claim_by_line ON pipeline.impact_claim (order_line_id);
CREATE INDEX impact_claim_by_order ON pipeline.impact_claim (order_id, id DESC);
CREATE INDEX impact_claim_by_buyer ON pipeline.impact_claim (buyer_id, id DESC);
CREATE INDEX impact_claim_by_supplier ON pipeline.impact_claim (supplier_id, id DESC);
CREATE INDEX impact_claim_by_handler ON pipeline.impact_claim (handler_id, id DESC);

ALTER TABLE pipeline.impact_claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.impact_claim FORCE ROW LEVEL SECURITY;
CREATE POLICY impact_claimed ON pipeline.impact_claim FOR INSERT WITH CHECK (supplier_id = app.org ());
CREATE POLICY impact_read ON pipeline.impact_claim FOR SELECT
    USING (app.org () IN (buyer_id, supplier_id, handler_id));
CREATE POLICY impact_moved ON pipeline.impact_claim FOR UPDATE
    USING (app.org () IN (buyer_id, supplier_id, handler_id));

-- Photos and documents that show it are for who takes part.
CREATE TRIGGER impact_claim_embeds BEFORE INSERT OR DELETE OR UPDATE OF documents ON pipeline.impact_claim
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('documents');

-- What of its line still stands is written with the claim, for a handler judges by it and sees no order.
CREATE FUNCTION pipeline.standing_units (l pipeline.order_line) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN greatest (0, l.accepted - greatest (l.returned, l.credited));

CREATE FUNCTION pipeline.claims_stand () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE pipeline.impact_claim SET standing_units = pipeline.standing_units (NEW) WHERE order_line_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER claims_stand AFTER UPDATE OF accepted, returned, credited ON pipeline.order_line
    FOR EACH ROW EXECUTE FUNCTION pipeline.claims_stand ();

GRANT SELECT, INSERT, UPDATE ON pipeline.impact_claim TO mw_pipeline;
