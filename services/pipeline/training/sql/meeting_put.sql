-- Replaces what a meeting is about; its moment stays. Those who signed up go along to who leads it now.
WITH led AS (
    UPDATE pipeline.attendance SET host_id = :host_id::uuid WHERE meeting_id = :call_target::uuid
)
UPDATE pipeline.meeting
SET host_id = :host_id::uuid, kind = :kind, number = :number::bigint, title = :title, place = :place, capacity = :capacity::bigint
WHERE id = :call_target::uuid
RETURNING id
