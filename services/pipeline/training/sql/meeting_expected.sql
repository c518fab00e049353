-- Who is told that a meeting is at another moment: also who signed off, as they may be able to come now.
SELECT id FROM pipeline.attendance WHERE meeting_id = :id::uuid AND state IN ('signed_up', 'signed_off') ORDER BY id
