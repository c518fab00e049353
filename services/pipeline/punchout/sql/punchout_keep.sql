-- Keeps what was answered to an order.
INSERT INTO pipeline.system_order (buyer_id, order_id, payload_id, basket_id, content, answer, created_at)
VALUES (app.org (), :order_id::text, :payload_id::text, :basket_id::uuid, :content::text, decode (:answer::text, 'hex'),
        :call_now::timestamptz)
RETURNING order_id
