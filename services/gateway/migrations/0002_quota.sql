-- Quotas: how much may be asked in a window of time, and how much of that was. Several gateways share what is
-- counted here. Like all of identity these tables are read by no other role, so they have no row-level security.
-- tolerates older builds

-- The newest row of a holder that has begun decides; when that one has ended, or there is none, the newest
-- of everybody does (holder_id NULL), which never ends.
CREATE TABLE identity.quota (
    id          uuid PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('requests', 'login_account', 'login_address')),
    holder_id   uuid CHECK (holder_id IS NULL OR kind = 'requests'),
    amount      bigint NOT NULL CHECK (amount > 0),
    window_ms   bigint NOT NULL CHECK (window_ms > 0),
    -- How much is taken at a time: of requests a twentieth, of attempts to log in each one.
    block       bigint NOT NULL GENERATED ALWAYS AS
                (CASE kind WHEN 'requests' THEN greatest (amount / 20, 1) ELSE 1 END) STORED,
    valid_from  timestamptz NOT NULL,
    valid_until timestamptz CHECK (valid_until IS NULL OR holder_id IS NOT NULL),
    note        text,
    UNIQUE NULLS NOT DISTINCT (kind, holder_id, valid_from)
);

INSERT INTO identity.quota (id, kind, amount, window_ms, valid_from, note) VALUES
    ('00000000-0000-7000-8000-000000000001', 'requests',    3000,  60000, '2026-01-01', 'what people and a busy system need'),
    ('00000000-0000-7000-8000-000000000002', 'login_account',  5, 900000, '2026-01-01', 'mistyped passwords, not guessed ones'),
    ('00000000-0000-7000-8000-000000000003', 'login_address', 20, 900000, '2026-01-01', 'an office behind one address');

-- What was taken in the window that ends at ends_at. `used` can be more than the amount: by what was asked last.
CREATE TABLE identity.quota_use (
    kind    text NOT NULL,
    holder  text NOT NULL,
    ends_at timestamptz NOT NULL,
    used    bigint NOT NULL,
    PRIMARY KEY (kind, holder)
);
CREATE INDEX ON identity.quota_use (ends_at);

-- Takes a block, and `owed` more, of what is left. A window begins with the first that is taken in it. One
-- statement, so that of two at once the second one waits for the first and counts on from there.
CREATE FUNCTION identity.quota_take (kind text, holder text, owed bigint, at timestamptz)
    RETURNS TABLE (granted bigint, rest bigint, reset_ms bigint, amount bigint, window_ms bigint) LANGUAGE sql AS $$
    WITH newest AS (
        SELECT DISTINCT ON (q.holder_id) q.* FROM identity.quota q
         WHERE q.kind = quota_take.kind AND (q.holder_id IS NULL OR q.holder_id::text = quota_take.holder)
           AND q.valid_from <= at
         ORDER BY q.holder_id, q.valid_from DESC
    ), rule AS (
        SELECT n.amount, n.window_ms, n.block + owed AS wanted FROM newest n
         WHERE n.valid_until IS NULL OR n.valid_until > at
         ORDER BY n.holder_id NULLS LAST
         LIMIT 1
    ), taken AS (
        INSERT INTO identity.quota_use AS u (kind, holder, ends_at, used)
        SELECT quota_take.kind, quota_take.holder, at + r.window_ms * interval '1 ms', r.wanted
          FROM rule r WHERE quota_take.holder IS NOT NULL
            ON CONFLICT ON CONSTRAINT quota_use_pkey DO UPDATE SET
               -- A clock that was set back, or a shorter window, makes nobody wait for longer than a window.
               ends_at = CASE WHEN u.ends_at <= at THEN excluded.ends_at ELSE least (u.ends_at, excluded.ends_at) END,
               used = CASE WHEN u.ends_at <= at THEN 0 ELSE least (u.used, (SELECT r.amount FROM rule r)) END + excluded.used
        RETURNING u.ends_at, u.used
    )
    SELECT r.wanted - greatest (t.used - r.amount, 0), greatest (r.amount - t.used, 0),
           ceil (extract (epoch FROM t.ends_at - at) * 1000)::bigint, r.amount, r.window_ms
      FROM taken t, rule r
$$;

-- Whom an attempt to log in counts for. What is typed as an address may be a password, so only its hash is
-- kept; of IPv6 addresses a household has 2^64.
CREATE FUNCTION identity.login_account (email text) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT encode (sha256 (convert_to (lower (email), 'UTF8')), 'hex') $$;
CREATE FUNCTION identity.login_address (address inet) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT host (network (set_masklen (address, CASE family (address) WHEN 6 THEN 64 ELSE 32 END))) $$;

-- Counts an attempt to log in before it is known whether it succeeds, and says how many milliseconds to wait;
-- 0: it may be tried. The address comes first, so that one that has none left cannot close more accounts; an
-- attempt that its account has none for tries no password, so the address gets it back.
CREATE FUNCTION identity.login_attempt (email text, address inet, at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    from_there record;
    on_account record;
BEGIN
    SELECT * INTO from_there FROM identity.quota_take ('login_address', identity.login_address (address), 0, at);
    IF from_there.granted = 0 THEN
        RETURN from_there.reset_ms;
    END IF;
    SELECT * INTO on_account FROM identity.quota_take ('login_account', identity.login_account (email), 0, at);
    IF on_account.granted > 0 THEN
        RETURN 0;
    END IF;
    UPDATE identity.quota_use SET used = used - 1
     WHERE kind = 'login_address' AND holder = identity.login_address (address);
    RETURN on_account.reset_ms;
END $$;

GRANT SELECT, INSERT, UPDATE ON identity.quota TO mw_gateway;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.quota_use TO mw_gateway;
