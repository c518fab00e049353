-- A need on the market changed.
UPDATE reporting.open_need
   SET title = :title, municipality = :municipality, cpv = coalesce (:cpv::text[], '{}')
 WHERE id = :id::uuid
