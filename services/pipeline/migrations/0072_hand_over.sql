-- How documents that were sent also leave the platform: by mail with the document attached, or through
-- an access point of Peppol. On the platform they are with the buyer in any case.

-- Where an organisation wants invoices besides. An address may be a person's, so it is in no event.
CREATE TABLE pipeline.invoice_setting (
    id     uuid PRIMARY KEY,
    email  text,
    peppol boolean NOT NULL DEFAULT false
);
ALTER TABLE pipeline.invoice_setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.invoice_setting FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON pipeline.invoice_setting USING (id = app.org ());
-- 4096 is SYSTEM.
CREATE POLICY addressing ON pipeline.invoice_setting FOR SELECT USING (app.may (4096));

-- One row per document and way; the id is what the other side may know a repetition by.
CREATE TABLE pipeline.hand_over (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid (),
    document_id uuid NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    way         text NOT NULL CHECK (way IN ('mail', 'peppol')),
    supplier_id uuid NOT NULL,
    buyer_id    uuid NOT NULL,
    due_at      timestamptz NOT NULL,
    try_at      timestamptz NOT NULL,
    tries       bigint NOT NULL DEFAULT 0,
    ended       text CHECK (ended IN ('sent', 'unwanted', 'given_up')),
    ended_at    timestamptz,
    UNIQUE (document_id, way)
);
CREATE INDEX hand_over_due ON pipeline.hand_over (way, try_at) WHERE ended IS NULL;
ALTER TABLE pipeline.hand_over ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.hand_over FORCE ROW LEVEL SECURITY;
CREATE POLICY hand_over_begun ON pipeline.hand_over FOR INSERT WITH CHECK (supplier_id = app.org ());
CREATE POLICY hand_over_read ON pipeline.hand_over FOR SELECT
    USING (buyer_id = app.org () OR supplier_id = app.org ());
CREATE POLICY hand_over_done ON pipeline.hand_over USING (app.may (4096));

-- The document as its buyer may read it; for who hands it over.
CREATE FUNCTION pipeline.hand_over_document (wanted uuid) RETURNS TABLE (kind text, document jsonb)
LANGUAGE plpgsql AS $$
DECLARE
    h      pipeline.hand_over;
    before text := coalesce (current_setting ('app.org', true), '');
BEGIN
    SELECT * INTO h FROM pipeline.hand_over x WHERE x.id = wanted;
    PERFORM set_config ('app.org', h.buyer_id::text, true);
    IF h.kind = 'invoice' THEN
        SELECT to_jsonb (r) INTO document FROM pipeline.invoice_record r WHERE r.id = h.document_id;
    ELSE
        SELECT to_jsonb (r) INTO document FROM pipeline.credit_note_record r WHERE r.id = h.document_id;
    END IF;
    PERFORM set_config ('app.org', before, true);
    kind := h.kind;
    IF document IS NOT NULL THEN
        RETURN NEXT;
    END IF;
END $$;

GRANT SELECT, INSERT, UPDATE ON pipeline.invoice_setting, pipeline.hand_over TO mw_pipeline;
