-- Hours that the mentor spent, each kept; the sum goes along.
WITH booked AS (
    INSERT INTO pipeline.pairing_hours (id, pairing_id, applicant_id, organisation_id, manager_id, day, minutes, note)
    SELECT :call_id::uuid, p.id, p.applicant_id, p.organisation_id, p.manager_id, :day::date, :minutes::bigint, :note
    FROM pipeline.pairing p WHERE p.id = :call_target::uuid
)
UPDATE pipeline.pairing SET minutes = minutes + :minutes::bigint WHERE id = :call_target::uuid RETURNING id
