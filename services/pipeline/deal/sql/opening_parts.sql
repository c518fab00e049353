-- What opens the seal, once two different people gave what they have; no row: not yet.
SELECT s.id, s.key, s.platform_part, s.platform_escrow, s.escrow_handed,
       (array_agg (o.handed ORDER BY o.id) FILTER (WHERE o.handed IS NOT NULL)) [1] AS first_handed,
       (array_agg (o.handed ORDER BY o.id) FILTER (WHERE o.handed IS NOT NULL)) [2] AS second_handed
FROM pipeline.opener mine
JOIN pipeline.seal s ON s.need_id = mine.need_id AND s.state IN ('closed', 'released')
JOIN pipeline.opener o ON o.need_id = mine.need_id AND o.state = 'given'
WHERE mine.id = :id::uuid
GROUP BY s.id
HAVING count (DISTINCT o.account_id) >= 2
