-- What the letter to the supplier of a quote says, once there is a decision on it. On a route without an award the need has why.
SELECT n.title, buyer.name AS buyer, supplier.name AS supplier, handler.name AS handler, q.state, q.exclude_reason,
       n.fictional, n.awarded_quote_id = q.id OR coalesce (a.quote_id = q.id, false) AS won,
       (SELECT e.value ->> 'motivation' FROM jsonb_array_elements (a.reasons) e WHERE e.value ->> 'quote_id' = q.id::text)
           AS motivation,
       coalesce ((SELECT e.value ->> 'motivation' FROM jsonb_array_elements (a.reasons) e
                  WHERE e.value ->> 'quote_id' = a.quote_id::text), n.motivation) AS merits,
       pipeline.dutch_day (q.received_at)::text AS received,
       coalesce (pipeline.dutch_day (a.decided_at), pipeline.dutch_day (:call_now::timestamptz))::text AS dated,
       pipeline.dutch_day (a.decided_at)::text AS decided, pipeline.dutch_day (a.standstill_until)::text AS until
FROM pipeline.quote q
JOIN pipeline.need n ON n.id = q.need_id
LEFT JOIN LATERAL (SELECT * FROM pipeline.award d WHERE d.need_id = q.need_id AND d.decided_at IS NOT NULL
                   AND d.state <> 'void' ORDER BY d.id DESC LIMIT 1) a ON true
LEFT JOIN pipeline.seal s ON s.need_id = n.id
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = n.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = q.supplier_id
LEFT JOIN pipeline.known_organisation handler ON handler.id = s.handler_id
WHERE q.id = :id::uuid AND q.supplier_id = app.org () AND q.state IN ('preferred', 'selected', 'not_selected', 'excluded')
  AND (a.id IS NOT NULL OR n.awarded_quote_id IS NOT NULL)
