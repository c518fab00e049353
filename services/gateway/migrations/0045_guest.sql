-- Purchasing systems, known by the hash of what they say in cXML, and the guests that they send (proto/PUNCHOUT.md).
-- tolerates older builds

-- A guest has an account without a password, and belongs to no organisation.
ALTER TABLE identity.account ADD COLUMN guest_until timestamptz;

-- The word by which it comes in works once.
CREATE TABLE identity.guest_entry (
    entry_hash text PRIMARY KEY CHECK (length (entry_hash) = 64),
    account_id uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

-- How far the stream has told of a system's key.
CREATE TABLE identity.known_key (
    id      uuid PRIMARY KEY,
    version bigint NOT NULL
);

GRANT DELETE ON identity.account TO mw_gateway;
GRANT UPDATE ON identity.bearer TO mw_gateway;
GRANT SELECT, INSERT, DELETE ON identity.guest_entry TO mw_gateway;
GRANT SELECT, INSERT, UPDATE ON identity.known_key TO mw_gateway;
