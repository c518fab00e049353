-- Holds an attendance and the places of its meeting.
SELECT pg_advisory_xact_lock (hashtextextended (a.meeting_id::text, 1)) FROM pipeline.attendance a WHERE a.id = :call_target::uuid FOR UPDATE
