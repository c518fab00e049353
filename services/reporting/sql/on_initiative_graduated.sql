-- An initiative went on as an enterprise.
INSERT INTO reporting.graduate (initiative_id, round_id, enterprise_id, seq)
VALUES (:initiative_id::uuid, :round_id::uuid, :enterprise_id::uuid, :event_seq::bigint)
ON CONFLICT DO NOTHING
