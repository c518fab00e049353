-- The pledges on them that count, each condition a row, with what is outside already answered.
SELECT p.id, p.ask_id, dense_rank () OVER (ORDER BY p.financier_id) AS financier, f.name AS financier_name, p.kind, p.amount_cents, p.state, c.one ->> 'wish' AS wish,
       c.one ->> 'kind' AS wish_kind, coalesce (c.one ->> 'least_cents', c.one ->> 'financiers') AS least, c.one ->> 'pledge_id' AS pledge_id,
       CASE c.one ->> 'wish' WHEN 'agreement' THEN pipeline.agreement_stands ((c.one ->> 'agreement_id')::uuid, p.applicant_id) END AS fact
FROM pipeline.pledge p
JOIN pipeline.ask a ON a.id = p.ask_id
LEFT JOIN pipeline.known_organisation f ON f.id = p.financier_id
LEFT JOIN LATERAL jsonb_array_elements (p.conditions) WITH ORDINALITY AS c (one, at) ON true
WHERE ((a.id = :id::uuid AND a.state IN ('follow_up', 'closed'))
       OR (a.round_id = :id::uuid AND a.manager_id = app.org () AND a.state IN ('open', 'follow_up')))
  AND (p.state IN ('firm', 'paid_out')
       OR (p.state = 'committed' AND a.state <> 'closed' AND (p.expires_at IS NULL OR p.expires_at > :call_now::timestamptz)))
ORDER BY p.id, c.at
