-- Meetings of a round as far as the caller may see them, for a calendar.
SELECT m.* FROM pipeline.meeting_record m WHERE m.round_id = :id::uuid ORDER BY m.starts_at, m.id LIMIT 200
