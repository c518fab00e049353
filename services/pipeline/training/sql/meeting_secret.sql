-- Of what the codes of a meeting are made, for the runtime; only who leads it or runs the round gets a code.
SELECT m.secret, m.starts_at, m.ends_at FROM pipeline.meeting m
WHERE m.id = :id::uuid AND app.org () IN (m.host_id, m.manager_id) AND m.state <> 'cancelled'
