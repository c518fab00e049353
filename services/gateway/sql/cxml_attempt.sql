-- Count an attempt to say who sends a document in cXML. An identity that does not exist counts like any other.
SELECT identity.login_attempt (:holder, :address::inet, :call_now::timestamptz) AS retry_ms
