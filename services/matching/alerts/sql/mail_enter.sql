-- As SYSTEM, of no organisation. Nothing waits for the disk: after a crash letters and position are both a moment older,
-- and the stream still has what they came from.
SELECT set_config ('app.org', '', true), set_config ('app.account', '', true), set_config ('app.roles', '4096', true),
       set_config ('synchronous_commit', 'off', true)
