-- The buyer's judgement of every line that came; a line left out counts as not judged, and the
-- constraint within_delivered refuses it. The ledger counts what was accepted and rejected.
WITH judged AS (
    UPDATE pipeline.delivery_line l
    SET accepted = coalesce (j.accepted, 0), rejected = coalesce (j.rejected, 0),
        reject_reason = CASE WHEN j.rejected > 0 THEN j.reject_reason END
    FROM pipeline.delivery_line came
    LEFT JOIN jsonb_to_recordset (:lines::jsonb)
        AS j (order_line_id uuid, accepted bigint, rejected bigint, reject_reason text)
        ON j.order_line_id = came.order_line_id
    WHERE came.delivery_id = :call_target::uuid
      AND l.delivery_id = came.delivery_id AND l.order_line_id = came.order_line_id
    RETURNING l.order_line_id, l.accepted, l.rejected
), counted AS (
    UPDATE pipeline.order_line ol
    SET accepted = ol.accepted + j.accepted, rejected = ol.rejected + j.rejected
    FROM judged j
    WHERE ol.id = j.order_line_id
)
UPDATE pipeline.delivery SET judged_at = :call_now::timestamptz,
    photos = (SELECT jsonb_agg (photo || jsonb_build_object ('order_line_id', j.order_line_id))
              FROM jsonb_to_recordset (:lines::jsonb) AS j (order_line_id uuid, photos jsonb)
              CROSS JOIN jsonb_array_elements (j.photos) AS photo)
WHERE id = :call_target::uuid
RETURNING id
