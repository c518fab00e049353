-- One event, after the rows that it speaks of; the relay numbers it.
INSERT INTO stream.outbox (event_id, type, subject, ver, occurred, body, audiences, views)
VALUES (:event_id, :event_type, :event_subject, :event_ver::bigint, :event_time::timestamptz, :event_body,
        :event_audiences::text[], :event_views::bytea[])
