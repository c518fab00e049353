-- One list of the caller's organisation, with how much stands on it.
SELECT l.*, (SELECT count (*) FROM catalog.favourite f WHERE f.list_id = l.id AND f.state = 'listed') AS entries
  FROM catalog.favourite_list l
 WHERE l.id = ANY (:call_targets::uuid[])
