-- No more mail to the person in whose name the link speaks; no row: the link is not one of ours.
INSERT INTO identity.notice_setting (account_id, act, inform)
SELECT a.id, 'off', 'off' FROM identity.account a
 WHERE :token ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{64}$'
   AND a.id = substr (:token, 1, 36)::uuid AND split_part (:token, '.', 2) = identity.notice_sealed (a.id)
    ON CONFLICT (account_id) DO UPDATE SET act = 'off', inform = 'off'
RETURNING account_id
