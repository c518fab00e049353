-- One round, and how many initiatives came how far.
SELECT r.* FROM pipeline.round_record r WHERE r.id = ANY (:call_targets::uuid[])
