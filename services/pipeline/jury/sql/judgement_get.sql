-- One judgement; its scores as far as the caller may see.
SELECT r.* FROM pipeline.judgement_record r WHERE r.id = ANY (:call_targets::uuid[])
