-- Whose offers are in a basket of the caller's organisation that is not ordered yet, and from now on nobody else's to order.
WITH mine AS MATERIALIZED (
    SELECT b.lines FROM pipeline.basket b
    WHERE b.id = :id::uuid AND b.buyer_id = :call_org::uuid AND b.state IN ('open', 'returned')
    FOR NO KEY UPDATE
)
SELECT DISTINCT l.supplier_id FROM mine CROSS JOIN LATERAL pipeline.lines_of (mine.lines) l ORDER BY l.supplier_id
