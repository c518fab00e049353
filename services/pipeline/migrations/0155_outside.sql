-- Whoever invites an enterprise that is not among the matches of a need says why; only the buyer reads it.
-- tolerates older builds
ALTER TABLE pipeline.invitation ADD COLUMN outside_reason text
    CONSTRAINT invitation_outside_reason CHECK (length (outside_reason) BETWEEN 3 AND 2000);

CREATE OR REPLACE VIEW pipeline.invitation_record WITH (security_invoker = true) AS
SELECT i.id, i.need_id, n.title AS need_title, n.quote_deadline, i.buyer_id,
       buyer.name AS buyer_name, i.supplier_id, supplier.name AS supplier_name, i.offer_id,
       i.message, i.decline_reason, n.state AS need_state,
       coalesce (supplier.kind = 'enterprise' AND supplier.state = 'admitted', false)
           AS supplier_admitted,
       i.state, i.version, i.created_at, i.outside_reason
FROM pipeline.invitation i
JOIN pipeline.need n ON n.id = i.need_id
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = i.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = i.supplier_id;
