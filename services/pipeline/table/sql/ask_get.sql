-- One ask.
SELECT r.* FROM pipeline.ask_record r WHERE r.id = ANY (:call_targets::uuid[])
