-- One count of jobs.
SELECT j.* FROM pipeline.job_outcome_record j WHERE j.id = ANY (:call_targets::uuid[])
