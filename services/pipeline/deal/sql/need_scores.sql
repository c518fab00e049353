-- What the locked judgements come to, once there are enough of each quote: before that they would betray each other.
SELECT s.need_id, s.unscored, s.unscored = 0 AND s.items IS NOT NULL AS complete,
       'per criterion: floor (weight_ppm * sum of points / (scale * assessors)); total_ppm: their sum' AS formula,
       CASE WHEN s.unscored = 0 THEN s.items END AS items
FROM pipeline.need_scoring s
WHERE s.need_id = :id::uuid AND s.buyer_id = app.org ()
