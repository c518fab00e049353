-- Reviews that the caller may read, newest first.
SELECT r.*, r.id::text AS cursor
  FROM catalog.deal_review_record r
 WHERE (:organisation_id::uuid IS NULL OR r.reviewed_id = :organisation_id::uuid)
   AND (:order_id::uuid IS NULL OR r.deal_id = (SELECT coalesce (k.need_id, k.id) FROM catalog.known_order k
                                                 WHERE k.id = :order_id::uuid))
   AND (:state::text IS NULL OR r.state = :state)
   AND (:call_cursor::text IS NULL OR r.id < catalog.cursor_id (:call_cursor))
 ORDER BY r.id DESC
 LIMIT :call_rows::int
