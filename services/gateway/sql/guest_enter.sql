-- Lets a guest in by the hash of a word that works once, for four hours.
WITH entry AS (
    DELETE FROM identity.guest_entry WHERE entry_hash = :entry_hash AND expires_at > :call_now::timestamptz RETURNING account_id
), added AS (
    INSERT INTO identity.bearer (id, token_hash, account_id, created_at, expires_at)
    SELECT :call_id::uuid, :token_hash, account_id, :call_now::timestamptz, :call_now::timestamptz + interval '4 hours' FROM entry
    RETURNING account_id
)
SELECT a.id AS account_id, a.name FROM added JOIN identity.account a ON a.id = added.account_id
