-- As SYSTEM, of no organisation.
SELECT set_config ('app.org', '', true), set_config ('app.account', '', true), set_config ('app.roles', '4096', true)
