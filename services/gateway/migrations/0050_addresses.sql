-- Further e-mail addresses of a person, confirmed or not: by them who judges is compared with who applies (deploy/decisions/0042-jury.md).
-- tolerates older builds

CREATE TABLE identity.address (
    id           uuid PRIMARY KEY,
    account_id   uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
    email        text NOT NULL CHECK (email = lower (email) AND email LIKE '%_@_%'),
    confirmed_at timestamptz,
    created_at   timestamptz NOT NULL,
    removed_at   timestamptz
);
CREATE UNIQUE INDEX address_once ON identity.address (account_id, email) WHERE removed_at IS NULL;
GRANT SELECT, INSERT ON identity.address TO mw_gateway;
GRANT UPDATE (confirmed_at, removed_at) ON identity.address TO mw_gateway;
ALTER TABLE identity.account ADD COLUMN addresses_version bigint NOT NULL DEFAULT 0;

-- With whom everybody may have an address: that two people do says nothing.
CREATE TABLE identity.public_mail_domain (
    domain text PRIMARY KEY,
    since  date NOT NULL DEFAULT '2023-01-01',
    until  date
);
INSERT INTO identity.public_mail_domain (domain)
VALUES ('gmail.com'), ('googlemail.com'), ('hotmail.com'), ('hotmail.nl'), ('outlook.com'), ('outlook.nl'), ('live.com'), ('live.nl'),
       ('msn.com'), ('yahoo.com'), ('icloud.com'), ('me.com'), ('proton.me'), ('protonmail.com'), ('ziggo.nl'), ('kpnmail.nl'),
       ('planet.nl'), ('hetnet.nl'), ('home.nl'), ('xs4all.nl'), ('casema.nl'), ('upcmail.nl'), ('quicknet.nl'), ('telfort.nl'),
       ('tele2.nl'), ('freedom.nl'), ('solcon.nl'), ('caiway.nl'), ('zeelandnet.nl'), ('gmx.net'), ('gmx.de'), ('tuta.com');
GRANT SELECT ON identity.public_mail_domain TO mw_gateway;

-- What somebody is tied to by their addresses, now and before, confirmed or not: hashes only.
CREATE FUNCTION identity.ties (whose uuid, at timestamptz) RETURNS text [] LANGUAGE sql STABLE AS $$
    WITH mine AS (
        SELECT a.email FROM identity.account a WHERE a.id = whose
        UNION SELECT x.email FROM identity.address x WHERE x.account_id = whose
    )
    SELECT array_agg (DISTINCT t.kind || ':' || encode (sha256 (convert_to ('meerwaarde ' || t.kind || ' ' || t.value, 'UTF8')), 'hex'))
    FROM (
        SELECT 'address' AS kind, email AS value FROM mine
        UNION ALL
        SELECT 'domain', split_part (email, '@', 2) FROM mine
        WHERE split_part (email, '@', 2) NOT IN (
            SELECT d.domain FROM identity.public_mail_domain d
            WHERE (at AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN d.since AND coalesce (d.until, 'infinity'))
    ) t
$$;
GRANT EXECUTE ON FUNCTION identity.ties (uuid, timestamptz) TO mw_gateway;
