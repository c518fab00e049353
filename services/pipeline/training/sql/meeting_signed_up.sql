-- Who signed up for a meeting and did not come, or has yet to come.
SELECT id FROM pipeline.attendance WHERE meeting_id = :id::uuid AND state = 'signed_up' ORDER BY id
