-- The guest of a purchasing system: an account without password or organisation, and the word by which it comes in.
WITH gone AS (
    DELETE FROM identity.account WHERE guest_until < now () - interval '7 days' AND id <> :id::uuid
), fresh AS (
    INSERT INTO identity.account (id, email, name, created_at, guest_until)
    VALUES (:id::uuid, :id::uuid::text || '@guest.invalid', :name::text, now (), :expires_at::timestamptz)
    ON CONFLICT DO NOTHING
    RETURNING id
)
INSERT INTO identity.guest_entry (entry_hash, account_id, expires_at)
SELECT :token_hash::text, id, :expires_at::timestamptz FROM fresh
