-- One meeting, with what its guards ask about the round.
SELECT m.* FROM pipeline.meeting_record m WHERE m.id = ANY (:call_targets::uuid[])
