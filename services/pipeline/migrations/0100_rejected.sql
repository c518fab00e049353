-- Rejected units: photos of what was wrong with them, and disputes about them. What a supplier disputes does not come
-- again meanwhile; what it is granted counts as accepted.

-- All photos of a judgement in one list, each with the line that it is about: what embeds files has a key of its own.
ALTER TABLE pipeline.delivery ADD COLUMN photos jsonb;
CREATE TRIGGER delivery_embeds BEFORE INSERT OR DELETE OR UPDATE OF photos ON pipeline.delivery
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('photos');

-- What shows that it is so: for both sides and the handler, who sees nothing else of the order.
ALTER TABLE pipeline.dispute
    ADD COLUMN delivery_id uuid REFERENCES pipeline.delivery CHECK (delivery_id IS NULL OR order_line_id IS NOT NULL),
    ADD COLUMN documents jsonb;
CREATE TRIGGER dispute_embeds BEFORE INSERT OR DELETE OR UPDATE OF documents ON pipeline.dispute
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('documents');

ALTER TABLE pipeline.order_line ADD COLUMN contested bigint NOT NULL DEFAULT 0 CHECK (contested >= 0);
ALTER TABLE pipeline.delivery_line ADD COLUMN contested bigint NOT NULL DEFAULT 0 CHECK (contested >= 0);

CREATE FUNCTION pipeline.rejected_law () RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    law text := CASE WHEN NEW.contested > OLD.contested THEN 'within_contestable' ELSE 'not_disputed' END;
    again bigint;  -- units that come again, or are on their way for the first time
    room bigint;
BEGIN
    IF TG_TABLE_NAME = 'delivery_line' THEN
        again := NEW.redelivered;
        room := coalesce (NEW.rejected, 0);
    ELSE
        again := NEW.announced - NEW.rejected;
        room := NEW.ordered - NEW.cancelled;
    END IF;
    IF again <= room AND again + NEW.contested > room THEN
        RAISE check_violation USING CONSTRAINT = law, MESSAGE = law;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rejected_law BEFORE UPDATE ON pipeline.order_line
    FOR EACH ROW EXECUTE FUNCTION pipeline.rejected_law ();
CREATE TRIGGER rejected_law BEFORE UPDATE ON pipeline.delivery_line
    FOR EACH ROW EXECUTE FUNCTION pipeline.rejected_law ();

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
               'photos', (SELECT json_agg (p - 'order_line_id') FROM jsonb_array_elements (d.photos) p
                          WHERE p ->> 'order_line_id' = l.order_line_id::text),
               'redelivered', l.redelivered, 'contested', l.contested,
               'accepted_cents', l.accepted * ol.unit_price_cents)) ORDER BY ol.no) AS lines,
           sum (l.accepted * ol.unit_price_cents)::bigint AS accepted_cents
    FROM pipeline.delivery_line l
    JOIN pipeline.order_line ol ON ol.id = l.order_line_id
    WHERE l.delivery_id = d.id) line;
