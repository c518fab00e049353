-- It was not a guess: the account has all its attempts again, the address gets back this one. (Not all of
-- them: somebody with an account could guess at those of others for ever.) Locked in the order of login_attempt.
UPDATE identity.quota_use u SET used = CASE u.kind WHEN 'login_address' THEN greatest (u.used - 1, 0) ELSE 0 END
FROM (SELECT kind, holder FROM identity.quota_use
      WHERE (kind = 'login_address' AND holder = identity.login_address (:address::inet))
         OR (kind = 'login_account' AND holder = identity.login_account (:holder))
      ORDER BY kind DESC FOR UPDATE) mine
WHERE u.kind = mine.kind AND u.holder = mine.holder
