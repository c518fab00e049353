-- What its own scores were, of the quote that a letter is about: those that the award was proposed with.
SELECT coalesce (e.value ->> 'description', c.value ->> 'code') AS criterion,
       replace (round ((c.value ->> 'weight_ppm')::numeric / 10000, 1)::text, '.', ',') || '%' AS weight,
       replace (round ((c.value ->> 'points')::numeric / (c.value ->> 'assessors')::numeric, 1)::text, '.', ',')
           || ' van ' || (c.value ->> 'scale') AS points
FROM pipeline.quote q
JOIN pipeline.need n ON n.id = q.need_id
JOIN LATERAL (SELECT * FROM pipeline.award d WHERE d.need_id = q.need_id AND d.decided_at IS NOT NULL
              AND d.state <> 'void' ORDER BY d.id DESC LIMIT 1) a ON true
CROSS JOIN LATERAL jsonb_array_elements (a.ranking) r
CROSS JOIN LATERAL jsonb_array_elements (r.value -> 'criteria') WITH ORDINALITY c (value, at)
LEFT JOIN LATERAL jsonb_array_elements (n.criteria) e ON e.value ->> 'code' = c.value ->> 'code'
WHERE q.id = :id::uuid AND q.supplier_id = app.org () AND r.value ->> 'quote_id' = q.id::text
ORDER BY c.at
