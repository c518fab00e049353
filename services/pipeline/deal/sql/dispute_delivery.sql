-- The delivery of which rejected units were granted to the supplier.
SELECT d.delivery_id AS id FROM pipeline.dispute d
WHERE d.id = :call_target::uuid AND d.delivery_id IS NOT NULL AND (d.state = 'settled' OR d.upheld > 0)
