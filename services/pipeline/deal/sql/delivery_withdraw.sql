-- It does not come after all: the ledger gets its room back, and so does the delivery that it would
-- have brought again.
WITH counted AS (
    UPDATE pipeline.order_line ol SET announced = ol.announced - l.quantity
    FROM pipeline.delivery_line l
    WHERE l.delivery_id = :call_target::uuid AND ol.id = l.order_line_id
), again AS (
    UPDATE pipeline.delivery_line dl SET redelivered = dl.redelivered - l.quantity
    FROM pipeline.delivery_line l
    WHERE l.delivery_id = :call_target::uuid
      AND dl.delivery_id = l.redelivery_of AND dl.order_line_id = l.order_line_id
)
SELECT :call_target::uuid AS id
