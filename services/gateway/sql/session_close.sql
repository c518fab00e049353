-- End a session.
DELETE FROM identity.bearer WHERE token_hash = :token_hash RETURNING id
