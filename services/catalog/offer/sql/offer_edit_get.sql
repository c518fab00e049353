-- One change of an offer, as far as the caller may see it.
SELECT c.id, c.offer_id, c.supplier_id, c.before ->> 'title' AS offer_title, c.proposed, c.before, c.fields, c.low_risk,
       c.decision, c.fictional, c.decided_at, catalog.is_tied (c.supplier_id) AS tied, o.state AS offer_state,
       c.state, c.version, c.created_at
  FROM catalog.offer_edit c
  JOIN catalog.offer o ON o.id = c.offer_id
 WHERE c.id = ANY (:call_targets::uuid[])
