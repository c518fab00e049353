-- Whether the same was ordered before under that number, and what was answered.
SELECT s.content = :content::text AND s.order_id = :order_id::text AS same, encode (s.answer, 'hex')
FROM pipeline.system_order s
WHERE s.order_id = :order_id::text OR s.payload_id = :payload_id::text
ORDER BY s.order_id = :order_id::text DESC
LIMIT 1
