-- One process at a time writes letters, for as long as its connection lives.
SELECT pg_try_advisory_lock (hashtextextended ('matching letters', 0)) AS leads
