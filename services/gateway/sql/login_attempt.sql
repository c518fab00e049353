-- Count an attempt to log in. An account that does not exist counts like any other.
SELECT identity.login_attempt (:email, :address::inet, :call_now::timestamptz) AS retry_ms
