-- What the reviews of an organisation come to; an average of a few would be about those few.
SELECT o.id, r.count, CASE WHEN r.count >= rule.least THEN r.average_tenths END AS average_tenths, rule.least, r.stars
  FROM catalog.organisation o,
       LATERAL (SELECT coalesce (sum (one.count), 0)::bigint AS count,
                       round (10 * sum (one.stars * one.count) / nullif (sum (one.count), 0))::bigint AS average_tenths,
                       coalesce (jsonb_agg (jsonb_build_object ('word', one.stars::text, 'count', one.count)
                                            ORDER BY one.stars DESC), '[]') AS stars
                  FROM (SELECT stars, count (*) FROM catalog.deal_review
                         WHERE reviewed_id = o.id AND state = 'published' GROUP BY stars) AS one) AS r,
       catalog.review_rule_at (now ()) AS rule
 WHERE o.id = :id::uuid
