-- What is only thought of lapses when an ask is closed for good.
SELECT p.id FROM pipeline.pledge p WHERE p.ask_id = :ask_id::uuid AND p.state IN ('indicated', 'committed') ORDER BY p.id
