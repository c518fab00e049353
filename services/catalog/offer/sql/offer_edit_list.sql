-- Changes of offers, newest first: of the caller's own, or all for a moderator.
SELECT c.id, c.offer_id, c.supplier_id, c.before ->> 'title' AS offer_title, c.proposed, c.before, c.fields, c.low_risk,
       c.decision, c.fictional, c.decided_at, catalog.is_tied (c.supplier_id) AS tied, o.state AS offer_state,
       c.state, c.version, c.created_at, c.id::text AS cursor
  FROM catalog.offer_edit c
  JOIN catalog.offer o ON o.id = c.offer_id
 WHERE (:offer_id::uuid IS NULL OR c.offer_id = :offer_id::uuid)
   AND (:state::text IS NULL OR c.state = :state)
   AND (:call_cursor::text IS NULL OR c.id < catalog.cursor_id (:call_cursor))
 ORDER BY c.id DESC
 LIMIT :call_rows::int
