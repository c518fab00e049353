-- One entry of a list of the caller's organisation.
SELECT * FROM catalog.favourite_record WHERE id = ANY (:call_targets::uuid[])
