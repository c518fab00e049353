-- A handler sees a dispute or a claim and nothing of its order: so it says itself what it is about.

ALTER TABLE pipeline.dispute NO FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.impact_claim NO FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.purchase_order NO FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.order_line NO FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.invoice NO FORCE ROW LEVEL SECURITY;

ALTER TABLE pipeline.dispute
    ADD COLUMN need_id uuid, ADD COLUMN need_title text,
    ADD COLUMN description text, ADD COLUMN unit text, ADD COLUMN invoice_number text;
ALTER TABLE pipeline.impact_claim
    ADD COLUMN need_id uuid, ADD COLUMN need_title text, ADD COLUMN description text;

UPDATE pipeline.dispute d SET need_id = o.need_id, need_title = o.need_title
FROM pipeline.purchase_order o WHERE o.id = d.order_id;
UPDATE pipeline.dispute d SET description = l.description, unit = l.unit
FROM pipeline.order_line l WHERE l.id = d.order_line_id;
UPDATE pipeline.dispute d SET invoice_number = v.number
FROM pipeline.invoice v WHERE v.id = d.invoice_id;
UPDATE pipeline.impact_claim c SET need_id = o.need_id, need_title = o.need_title, description = l.description
FROM pipeline.order_line l JOIN pipeline.purchase_order o ON o.id = l.order_id WHERE l.id = c.order_line_id;

ALTER TABLE pipeline.dispute FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.impact_claim FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.purchase_order FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.order_line FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.invoice FORCE ROW LEVEL SECURITY;

CREATE VIEW pipeline.dispute_record WITH (security_invoker = true) AS
SELECT d.*, buyer.name AS buyer_name, supplier.name AS supplier_name, handler.name AS handler_name
FROM pipeline.dispute d
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = d.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = d.supplier_id
LEFT JOIN pipeline.known_organisation handler ON handler.id = d.handler_id;

CREATE VIEW pipeline.impact_claim_record WITH (security_invoker = true) AS
SELECT c.*, buyer.name AS buyer_name, supplier.name AS supplier_name, handler.name AS handler_name
FROM pipeline.impact_claim c
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = c.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = c.supplier_id
LEFT JOIN pipeline.known_organisation handler ON handler.id = c.handler_id;

GRANT SELECT ON pipeline.dispute_record, pipeline.impact_claim_record TO mw_pipeline;
