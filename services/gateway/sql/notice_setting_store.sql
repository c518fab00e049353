-- How the caller is told by mail from now on.
INSERT INTO identity.notice_setting (account_id, act, inform) VALUES (:call_account::uuid, :act, :inform)
    ON CONFLICT (account_id) DO UPDATE SET act = excluded.act, inform = excluded.inform
RETURNING act, inform, (SELECT email FROM identity.account WHERE id = account_id) AS email
