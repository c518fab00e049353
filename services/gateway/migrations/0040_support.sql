-- Moderators look along as a user who asked for help: for a while, changing nothing, and the user is told.
-- tolerates older builds
-- Like all of identity: no row-level security, but no other role has any right here.

CREATE TABLE identity.support (
    id              uuid PRIMARY KEY,
    session_id      uuid NOT NULL, -- of the moderator; what was done stays known when it is gone
    moderator_id    uuid NOT NULL,
    account_id      uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
    organisation_id uuid NOT NULL,
    reason          text NOT NULL,
    began_at        timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL CHECK (ends_at > began_at),
    ended_at        timestamptz
);
CREATE INDEX support_of_session ON identity.support (session_id, began_at DESC);
GRANT SELECT, INSERT ON identity.support TO mw_gateway;
GRANT UPDATE (ended_at) ON identity.support TO mw_gateway;

-- For how long, from a day on.
CREATE TABLE identity.support_rule (
    since date PRIMARY KEY,
    lasts interval NOT NULL
);
INSERT INTO identity.support_rule VALUES ('2023-01-01', '15 minutes');
GRANT SELECT ON identity.support_rule TO mw_gateway;
CREATE FUNCTION identity.support_term (at timestamptz) RETURNS interval LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT r.lasts FROM identity.support_rule r WHERE r.since <= (at AT TIME ZONE 'Europe/Amsterdam')::date
     ORDER BY r.since DESC LIMIT 1
$$;
