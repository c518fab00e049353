-- Somebody outside the team confirmed jobs: they count.
INSERT INTO reporting.job (id, seq, round_id, initiative_id, kind, count, fte_hundredths, valid_from)
VALUES (:id::uuid, :event_seq::bigint, :round_id::uuid, :initiative_id::uuid, :kind, :count::bigint, :fte_hundredths::bigint, :valid_from::date)
