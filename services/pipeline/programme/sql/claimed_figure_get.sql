-- One claim, as far as the caller may see it.
SELECT * FROM pipeline.claimed_figure WHERE id = ANY (:call_targets::uuid[])
