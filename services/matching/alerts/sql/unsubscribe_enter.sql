-- Who has the link of a mail acts for its organisation, in this transaction; no row: the link is not one of ours.
SELECT set_config ('app.org', split_part (:token, '.', 1), true)
 WHERE :token ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{64}$'
   AND split_part (:token, '.', 2) = matching.sealed (substr (:token, 1, 36)::uuid)
