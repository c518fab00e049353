-- Confirming that an address is somebody's: by a mail to it, with a link that works once, within a day (deploy/decisions/0051-addresses.md).
-- tolerates older builds

ALTER TABLE identity.address ADD COLUMN asked_at timestamptz; -- when a mail to it was last asked for
GRANT UPDATE (asked_at) ON identity.address TO mw_gateway;

-- NULL: notices, to the address that the person logs in with.
ALTER TABLE identity.notice_mail ADD COLUMN address_id uuid REFERENCES identity.address ON DELETE CASCADE;

-- The word itself stands in the mail only.
CREATE TABLE identity.address_link (
    token_hash text PRIMARY KEY CHECK (length (token_hash) = 64),
    address_id uuid NOT NULL REFERENCES identity.address ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
CREATE INDEX ON identity.address_link (address_id);
CREATE INDEX ON identity.address_link (expires_at);
GRANT SELECT, INSERT, DELETE ON identity.address_link TO mw_gateway;

ALTER TABLE identity.quota DROP CONSTRAINT quota_kind_check;
ALTER TABLE identity.quota ADD CONSTRAINT quota_kind_check
    CHECK (kind IN ('requests', 'login_account', 'login_address', 'file_megabytes', 'address_mails', 'mailed_address'));
INSERT INTO identity.quota (id, kind, amount, window_ms, valid_from, note) VALUES
    ('00000000-0000-7000-8000-000000000005', 'address_mails',  10, 86400000, '2026-01-01', 'some addresses of one person, and a mail that did not come'),
    ('00000000-0000-7000-8000-000000000006', 'mailed_address',  5, 86400000, '2026-01-01', 'nobody is mailed by us more often because others say so');

-- Asks for a mail, and says how many milliseconds to wait; 0: it is asked for. Whoever asks hears of their own mails only: an address
-- that got enough, whoever asked for them, gets no more, and nobody learns that.
CREATE FUNCTION identity.address_ask (which uuid, whose uuid, at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    own record;
    there record;
    whom text;
BEGIN
    SELECT * INTO own FROM identity.quota_take ('address_mails', whose::text, 0, at);
    IF own.granted = 0 THEN
        RETURN own.reset_ms;
    END IF;
    UPDATE identity.address SET asked_at = at WHERE id = which RETURNING email INTO whom;
    SELECT * INTO there FROM identity.quota_take ('mailed_address', identity.login_account (whom), 0, at);
    IF there.granted > 0 THEN
        INSERT INTO identity.notice_mail (id, account_id, due_at, try_at, address_id) VALUES (gen_random_uuid (), whose, at, at, which);
    END IF;
    RETURN 0;
END $$;
