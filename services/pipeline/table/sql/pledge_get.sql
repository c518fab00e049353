-- One pledge.
SELECT r.* FROM pipeline.pledge_record r WHERE r.id = ANY (:call_targets::uuid[])
