-- Who calls, for the policies of this transaction; and what time the database thinks it is.
SELECT set_config ('app.org', coalesce (:call_org, ''), true),
       set_config ('app.account', coalesce (:call_account, ''), true),
       set_config ('app.roles', :call_roles, true),
       clock_timestamp () AS now
