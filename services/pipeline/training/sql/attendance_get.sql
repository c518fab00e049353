-- One attendance, with what its guards ask about the meeting and the initiative.
SELECT a.* FROM pipeline.attendance_record a WHERE a.id = ANY (:call_targets::uuid[])
