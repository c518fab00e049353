-- A round, as it is now.
INSERT INTO reporting.round (id, programme_name, number)
VALUES (:id::uuid, :programme_name, :number::bigint)
ON CONFLICT (id) DO UPDATE SET programme_name = excluded.programme_name, number = excluded.number
