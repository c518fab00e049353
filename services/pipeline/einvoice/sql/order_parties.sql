-- The caller's numbers, and those of the enterprises whose offers are in a basket of theirs.
SELECT b.kvk_number AS buyer_kvk, b.oin AS buyer_oin, s.kvk_number AS seller_kvk, s.oin AS seller_oin, s.sellers
FROM pipeline.known_organisation b
CROSS JOIN LATERAL (
    SELECT min (k.kvk_number) AS kvk_number, min (k.oin) AS oin, count (DISTINCT l.supplier_id) AS sellers
    FROM pipeline.basket x CROSS JOIN LATERAL pipeline.lines_of (x.lines) l
    LEFT JOIN pipeline.known_organisation k ON k.id = l.supplier_id
    WHERE x.id = :call_target::uuid) s
WHERE b.id = :call_org::uuid
