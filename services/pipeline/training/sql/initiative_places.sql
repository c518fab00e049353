-- The places of an initiative at meetings that are still to come.
SELECT a.id FROM pipeline.attendance a JOIN pipeline.meeting m ON m.id = a.meeting_id
WHERE a.initiative_id = :id::uuid AND a.state = 'signed_up' AND m.starts_at > :call_now::timestamptz
ORDER BY a.id
