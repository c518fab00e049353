-- Accounts, sessions and API keys; and what people may do, as catalog tells it over the stream.
-- These tables belong to no organisation and only identity reads them: no row-level security, but no other
-- role has any right here. Names and addresses of people stand here and nowhere else.

CREATE TABLE identity.account (
    id         uuid PRIMARY KEY,
    email      text NOT NULL UNIQUE CHECK (email = lower (email)),
    name       text NOT NULL,
    password   text,
    created_at timestamptz NOT NULL,
    version    bigint NOT NULL DEFAULT 1
);

-- A session, or a key of a system: known by the hash of its token only.
CREATE TABLE identity.bearer (
    id              uuid PRIMARY KEY,
    token_hash      text NOT NULL UNIQUE CHECK (length (token_hash) = 64),
    account_id      uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
    organisation_id uuid,
    label           text,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz
);

CREATE TABLE identity.known_organisation (
    id      uuid PRIMARY KEY,
    name    text NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE identity.known_member (
    account_id      uuid NOT NULL,
    organisation_id uuid NOT NULL,
    roles           text[] NOT NULL,
    version         bigint NOT NULL,
    PRIMARY KEY (account_id, organisation_id)
);

GRANT SELECT, INSERT, UPDATE ON identity.account TO mw_gateway;
GRANT SELECT, INSERT, DELETE ON identity.bearer TO mw_gateway;
GRANT SELECT, INSERT, UPDATE ON identity.known_organisation, identity.known_member TO mw_gateway;
