-- Count an attempt to log in, before it is known whether it succeeds: for the address, and unless that one has
-- none left, for the account asked for. An account that does not exist counts like any other.
SELECT least (address.granted, account.granted) > 0 AS admitted,
       CASE WHEN address.granted = 0 THEN address.reset_ms ELSE account.reset_ms END AS retry_ms
FROM identity.quota_take ('login_address', identity.login_address (:address::inet), 0, :call_now::timestamptz) address
LEFT JOIN LATERAL identity.quota_take ('login_account',
    CASE WHEN address.granted > 0 THEN identity.login_account (:email) END, 0, :call_now::timestamptz) account ON true
