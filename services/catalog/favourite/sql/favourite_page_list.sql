-- What stands on lists of the caller's organisation that are kept, newest first.
SELECT f.*, f.id::text AS cursor
  FROM catalog.favourite_record f
 WHERE f.state = 'listed' AND f.list_state = 'kept'
   AND (:list_id::uuid IS NULL OR f.list_id = :list_id::uuid)
   AND (:offer_id::uuid IS NULL OR f.offer_id = :offer_id::uuid)
   AND (:supplier_id::uuid IS NULL OR f.supplier_id = :supplier_id::uuid)
   AND (:call_cursor::text IS NULL OR f.id < catalog.cursor_id (:call_cursor))
 ORDER BY f.id DESC
 LIMIT :call_rows::int
