-- Pledges on one ask wait for each other, and for its closing.
SELECT pg_advisory_xact_lock (hashtextextended (p.ask_id::text, 0)) FROM pipeline.pledge p WHERE p.id = :call_target::uuid
