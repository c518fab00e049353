-- Organisations, and what their people may do for them.

-- The id in a cursor; NULL, and so an empty page, for what no page of ours ever gave.
CREATE FUNCTION catalog.cursor_id (cursor text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN cursor ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN cursor::uuid END
$$;

CREATE TABLE catalog.organisation (
    id                 uuid PRIMARY KEY,
    name               text NOT NULL,
    kind               text NOT NULL CHECK (kind IN ('enterprise', 'company', 'municipality',
                                                     'partner', 'team', 'platform')),
    kvk_number         text CONSTRAINT kvk_once UNIQUE,
    municipality       text NOT NULL,
    mission            text,
    website            text,
    goals              text[],
    target_groups      text[],
    staff              bigint,
    staff_target_group bigint,
    labels             jsonb,
    fictional          boolean,
    state              text NOT NULL CHECK (state IN ('registered', 'admitted', 'refused')),
    refuse_reason      text,
    registered_by      uuid NOT NULL,
    version            bigint NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL
);
CREATE INDEX organisation_by_name ON catalog.organisation (lower (name), id);
CREATE INDEX organisation_by_seat ON catalog.organisation (municipality);

ALTER TABLE catalog.organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.organisation FORCE ROW LEVEL SECURITY;
-- Who registers an organisation does not act for it yet: the account has to be enough.
CREATE POLICY registering ON catalog.organisation FOR INSERT
    WITH CHECK (registered_by = app.account () AND state = 'registered');
CREATE POLICY registrant ON catalog.organisation FOR SELECT USING (registered_by = app.account ());
CREATE POLICY public ON catalog.organisation FOR SELECT USING (state = 'admitted');
CREATE POLICY own ON catalog.organisation FOR SELECT USING (id = app.org ());
CREATE POLICY own_change ON catalog.organisation FOR UPDATE USING (id = app.org ());
-- 512 is MODERATOR, 4096 is SYSTEM.
CREATE POLICY moderator ON catalog.organisation FOR SELECT USING (app.may (512 | 4096));
CREATE POLICY moderator_change ON catalog.organisation FOR UPDATE USING (app.may (512 | 4096));
GRANT SELECT, INSERT, UPDATE ON catalog.organisation TO mw_catalog;

CREATE TABLE catalog.member (
    id         uuid NOT NULL REFERENCES catalog.organisation,
    account_id uuid NOT NULL,
    membership uuid NOT NULL UNIQUE, -- the subject of its events
    roles      text[] NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (id, account_id)
);

ALTER TABLE catalog.member ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.member FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON catalog.member USING (id = app.org ());
CREATE POLICY self ON catalog.member FOR SELECT USING (account_id = app.account ());
-- The first member of a new organisation is who registered it, once.
CREATE POLICY first ON catalog.member FOR INSERT
    WITH CHECK (account_id = app.account () AND EXISTS (
        SELECT FROM catalog.organisation o
         WHERE o.id = member.id AND o.registered_by = app.account () AND o.state = 'registered'));
GRANT SELECT, INSERT, UPDATE ON catalog.member TO mw_catalog;
