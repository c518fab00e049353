-- Letters about what fits, the searches that are kept for them, and the mail that takes them out.

-- The id in a cursor; NULL, and so an empty page, for what no page of ours ever gave.
CREATE FUNCTION matching.cursor_id (cursor text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN cursor ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN cursor::uuid END
$$;

CREATE TABLE matching.profile (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('offers', 'needs')),
    words           text NOT NULL,
    municipality    text,
    sectors         text[],
    target_groups   text[],
    cpv             text[],
    state           text NOT NULL CHECK (state IN ('kept', 'dropped')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE INDEX profile_of ON matching.profile (organisation_id, id DESC);
ALTER TABLE matching.profile ENABLE ROW LEVEL SECURITY;
ALTER TABLE matching.profile FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON matching.profile USING (organisation_id = app.org ());
GRANT SELECT, INSERT, UPDATE ON matching.profile TO mw_matching;

CREATE TABLE matching.alert_setting (
    id        uuid PRIMARY KEY, -- of the organisation
    frequency text NOT NULL CHECK (frequency IN ('at_once', 'daily', 'weekly', 'off')),
    email     text CHECK (email ~ '^[!-~]{3,254}$'),
    kinds     text[],
    CHECK (frequency = 'off' OR email IS NOT NULL)
);
ALTER TABLE matching.alert_setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE matching.alert_setting FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON matching.alert_setting USING (id = app.org ());
-- 4096 is SYSTEM: who writes letters, and who mails them.
CREATE POLICY addressing ON matching.alert_setting FOR SELECT USING (app.may (4096));
GRANT SELECT, INSERT, UPDATE ON matching.alert_setting TO mw_matching;

-- A mail that is due: one letter, or all of a day or week. Its id is in its Message-ID, so that a second copy can be told.
CREATE TABLE matching.mail (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    due_at          timestamptz NOT NULL,
    try_at          timestamptz NOT NULL,
    tries           integer NOT NULL DEFAULT 0,
    sent_at         timestamptz,
    ended           text CHECK (ended IN ('sent', 'unwanted', 'given_up')), -- NULL: still to be sent
    CHECK ((sent_at IS NOT NULL) = (ended IS NOT DISTINCT FROM 'sent'))
);
CREATE INDEX mail_due ON matching.mail (try_at) WHERE ended IS NULL;
ALTER TABLE matching.mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE matching.mail FORCE ROW LEVEL SECURITY;
CREATE POLICY mailing ON matching.mail USING (app.may (4096));
-- A letter says when it went out.
CREATE POLICY own ON matching.mail FOR SELECT USING (organisation_id = app.org ());
GRANT SELECT, INSERT, UPDATE ON matching.mail TO mw_matching;

CREATE TABLE matching.letter (
    id              uuid PRIMARY KEY, -- follows from what it is about: the same letter is written once
    organisation_id uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('offer', 'need', 'profile_offer', 'profile_need')),
    subject         text NOT NULL,
    subject_en      text NOT NULL,
    text            text NOT NULL,
    text_en         text NOT NULL,
    need_id         uuid,
    offer_id        uuid,
    profile_id      uuid,
    score_ppm       bigint NOT NULL,
    cut_ppm         bigint NOT NULL,
    parts           jsonb NOT NULL,
    missing         jsonb NOT NULL,
    number          bigint GENERATED ALWAYS AS IDENTITY,
    made_at         timestamptz NOT NULL,
    read_at         timestamptz,
    mail_id         uuid REFERENCES matching.mail -- NULL: nobody wants it by mail
);
CREATE INDEX letter_of ON matching.letter (organisation_id, number DESC);
CREATE INDEX letter_unread ON matching.letter (organisation_id, number DESC) WHERE read_at IS NULL;
CREATE INDEX letter_of_offer ON matching.letter (organisation_id, offer_id);
CREATE INDEX letter_of_need ON matching.letter (organisation_id, need_id);
CREATE INDEX letter_in_mail ON matching.letter (mail_id, number);
ALTER TABLE matching.letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE matching.letter FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON matching.letter FOR SELECT USING (organisation_id = app.org ());
CREATE POLICY own_read ON matching.letter FOR UPDATE USING (organisation_id = app.org ());
CREATE POLICY writing ON matching.letter FOR INSERT WITH CHECK (app.may (4096));
CREATE POLICY mailing ON matching.letter FOR SELECT USING (app.may (4096));
GRANT SELECT, INSERT ON matching.letter TO mw_matching;
GRANT UPDATE (read_at) ON matching.letter TO mw_matching;

-- Up to which event letters were written; one row. No epoch: nobody has begun.
CREATE TABLE matching.position (
    one         boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch       uuid,
    seq         bigint NOT NULL DEFAULT 0,
    recorded_at timestamptz
);
INSERT INTO matching.position DEFAULT VALUES;
GRANT SELECT, UPDATE ON matching.position TO mw_matching;

-- With what the links in mails are sealed.
CREATE TABLE matching.seal (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    secret bytea NOT NULL CHECK (length (secret) = 32)
);
INSERT INTO matching.seal (secret) VALUES (sha256 (uuid_send (gen_random_uuid ()) || uuid_send (gen_random_uuid ())));
GRANT SELECT ON matching.seal TO mw_matching;
-- The end of a link that speaks for an organisation: 64 hexadecimal digits.
CREATE FUNCTION matching.sealed (organisation uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode (sha256 (s.secret || sha256 (s.secret || uuid_send (organisation))), 'hex') FROM matching.seal s
$$;
