-- Notices of steps, to people: who is told, what they read, and the mail that takes it out.
-- tolerates older builds
-- Like all of identity: no row-level security, but no other role has any right here.

CREATE INDEX known_member_of ON identity.known_member (organisation_id);

-- What a thing is called and on whose page it is shown, as its events said.
CREATE TABLE identity.known_thing (
    id      uuid PRIMARY KEY,
    root_id uuid NOT NULL,
    title   text
);

-- How a person wants to be told by mail; no row: what asks them to act at once, the rest once a day.
CREATE TABLE identity.notice_setting (
    account_id uuid PRIMARY KEY REFERENCES identity.account ON DELETE CASCADE,
    act        text NOT NULL CHECK (act IN ('at_once', 'daily', 'weekly', 'off')),
    inform     text NOT NULL CHECK (inform IN ('at_once', 'daily', 'weekly', 'off'))
);

CREATE TABLE identity.notice_mail (
    id         uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
    due_at     timestamptz NOT NULL,
    try_at     timestamptz NOT NULL,
    tries      integer NOT NULL DEFAULT 0,
    sent_at    timestamptz,
    ended      text CHECK (ended IN ('sent', 'unwanted', 'given_up')), -- NULL: still to be sent
    CHECK ((sent_at IS NOT NULL) = (ended IS NOT DISTINCT FROM 'sent'))
);
CREATE INDEX notice_mail_due ON identity.notice_mail (try_at) WHERE ended IS NULL;

-- Each person hears of an event once: the id follows from both.
CREATE TABLE identity.notice (
    id              uuid PRIMARY KEY,
    event_id        uuid NOT NULL,
    account_id      uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
    organisation_id uuid NOT NULL, -- for whom they are told
    event           text NOT NULL,
    role            text NOT NULL,
    noun            text NOT NULL,
    thing_id        uuid NOT NULL,
    page_id         uuid NOT NULL,
    title           text,
    act             boolean NOT NULL,
    number          bigint GENERATED ALWAYS AS IDENTITY,
    made_at         timestamptz NOT NULL,
    read_at         timestamptz,
    mail_id         uuid REFERENCES identity.notice_mail,
    UNIQUE (event_id, account_id)
);
CREATE INDEX notice_of ON identity.notice (account_id, organisation_id, number DESC);
CREATE INDEX notice_unread ON identity.notice (account_id, organisation_id, number DESC) WHERE read_at IS NULL;
CREATE INDEX notice_in_mail ON identity.notice (mail_id, number);

-- With what the links in mails are sealed; the end of a link that speaks for a person: 64 hexadecimal digits.
CREATE TABLE identity.notice_seal (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    secret bytea NOT NULL CHECK (length (secret) = 32)
);
INSERT INTO identity.notice_seal (secret) VALUES (sha256 (uuid_send (gen_random_uuid ()) || uuid_send (gen_random_uuid ())));
CREATE FUNCTION identity.notice_sealed (account uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode (sha256 (s.secret || sha256 (s.secret || uuid_send (account))), 'hex') FROM identity.notice_seal s
$$;
-- The id in a cursor; NULL, and so an empty page, for what no page of ours ever gave.
CREATE FUNCTION identity.notice_cursor (cursor text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN cursor ~ '^[0-9]{1,18}$' THEN cursor::bigint ELSE 0 END
$$;

GRANT SELECT, INSERT, UPDATE ON identity.known_thing, identity.notice_setting, identity.notice_mail TO mw_gateway;
GRANT SELECT, INSERT ON identity.notice TO mw_gateway;
GRANT UPDATE (read_at) ON identity.notice TO mw_gateway;
GRANT SELECT ON identity.notice_seal TO mw_gateway;
