-- As call_enter, for a write under a key: refused as key_in_progress or key_answered.
SELECT app.enter_once (coalesce (:call_org, ''), coalesce (:call_account, ''), :call_roles, :call_caller, :call_key) AS now
