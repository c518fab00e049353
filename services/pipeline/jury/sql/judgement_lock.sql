-- Its steps wait for each other and for those of its round.
SELECT pg_advisory_xact_lock (hashtextextended (j.round_id::text, 0)) FROM pipeline.judgement j WHERE j.id = :call_target::uuid
