-- Who decided, and until when it can be challenged: to the end of the last day, as people count days.
UPDATE pipeline.award a
SET decided_by = :call_account::uuid, decided_at = :call_now::timestamptz,
    standstill_until = (
        SELECT ((:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date + t.days::int + 1)::timestamp
               AT TIME ZONE 'Europe/Amsterdam' - interval '1 second'
        FROM pipeline.standstill_term t JOIN pipeline.need n ON n.route = t.route
        WHERE n.id = a.need_id AND t.valid_from <= (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date
        ORDER BY t.valid_from DESC LIMIT 1)
WHERE a.id = :call_target::uuid
RETURNING a.id
