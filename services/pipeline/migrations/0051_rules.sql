-- By which rules is bought: mandates of people, policies of municipalities, thresholds of the law; all with dates, so that what was
-- decided on a day is judged by what held on that day (deploy/decisions/0022-rules-by-date.md).
-- tolerates older builds

CREATE TABLE pipeline.mandate (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    account_id      uuid NOT NULL,
    max_cents       bigint NOT NULL CHECK (max_cents > 0),
    valid_from      date NOT NULL,
    valid_until     date,
    given_by        uuid,
    state           text NOT NULL DEFAULT 'given' CHECK (state IN ('given', 'ended')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE INDEX mandate_by_organisation ON pipeline.mandate (organisation_id, account_id);
ALTER TABLE pipeline.mandate ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.mandate FORCE ROW LEVEL SECURITY;
CREATE POLICY mandate_own ON pipeline.mandate
    USING (organisation_id = app.org ()) WITH CHECK (organisation_id = app.org ());

CREATE TABLE pipeline.purchase_policy (
    id                     uuid PRIMARY KEY,
    organisation_id        uuid NOT NULL,
    valid_from             date NOT NULL,
    single_max_cents       bigint NOT NULL,
    multi_max_cents        bigint NOT NULL,
    works_single_max_cents bigint NOT NULL,
    works_multi_max_cents  bigint NOT NULL,
    min_invites            bigint NOT NULL,
    max_invites            bigint NOT NULL,
    min_days_invited       bigint NOT NULL,
    min_days_open          bigint NOT NULL,
    window_days            bigint NOT NULL,
    extend_days            bigint NOT NULL,
    source                 text NOT NULL,
    fictional              boolean NOT NULL,
    state                  text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'adopted', 'dropped')),
    version                bigint NOT NULL DEFAULT 1,
    created_at             timestamptz NOT NULL
);
CREATE UNIQUE INDEX policy_once ON pipeline.purchase_policy (organisation_id, valid_from) WHERE state = 'adopted';
-- A policy that was adopted is public; only its municipality writes it.
ALTER TABLE pipeline.purchase_policy ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.purchase_policy FORCE ROW LEVEL SECURITY;
CREATE POLICY purchase_policy_own ON pipeline.purchase_policy
    USING (organisation_id = app.org ()) WITH CHECK (organisation_id = app.org ());
CREATE POLICY purchase_policy_public ON pipeline.purchase_policy FOR SELECT USING (state = 'adopted');

-- What holds for a municipality that adopted nothing.
CREATE TABLE pipeline.usual_policy (
    valid_from             date PRIMARY KEY,
    single_max_cents       bigint NOT NULL,
    multi_max_cents        bigint NOT NULL,
    works_single_max_cents bigint NOT NULL,
    works_multi_max_cents  bigint NOT NULL,
    min_invites            bigint NOT NULL,
    max_invites            bigint NOT NULL,
    min_days_invited       bigint NOT NULL,
    min_days_open          bigint NOT NULL,
    window_days            bigint NOT NULL,
    extend_days            bigint NOT NULL,
    source                 text NOT NULL
);
INSERT INTO pipeline.usual_policy VALUES
    ('2016-07-01', 5000000, 20000000, 15000000, 150000000, 3, 5, 10, 20, 365, 7,
     'Gebruikelijke grenzen, in de geest van de Gids Proportionaliteit (voorschrift 3.4 A); een eigen besluit gaat voor');

-- From which value European rules hold, for authorities that are not the state.
CREATE TABLE pipeline.threshold (
    class        text NOT NULL CHECK (class IN ('works', 'supplies', 'social')),
    valid_from   date NOT NULL,
    amount_cents bigint NOT NULL,
    source       text NOT NULL,
    PRIMARY KEY (class, valid_from)
);
INSERT INTO pipeline.threshold VALUES
    ('works',    '2022-01-01', 538200000, 'Gedelegeerde Verordening (EU) 2021/1952'),
    ('supplies', '2022-01-01',  21500000, 'Gedelegeerde Verordening (EU) 2021/1952'),
    ('social',   '2016-04-18',  75000000, 'Richtlijn 2014/24/EU, artikel 4'),
    ('works',    '2024-01-01', 553800000, 'Gedelegeerde Verordening (EU) 2023/2495'),
    ('supplies', '2024-01-01',  22100000, 'Gedelegeerde Verordening (EU) 2023/2495'),
    ('works',    '2026-01-01', 540400000, 'Gedelegeerde Verordeningen (EU) 2025/2150 tot en met 2152'),
    ('supplies', '2026-01-01',  21600000, 'Gedelegeerde Verordeningen (EU) 2025/2150 tot en met 2152');

-- Services of the lighter regime, by the beginning of their CPV code. A lawyer has to confirm the list for a case at its edge.
CREATE TABLE pipeline.social_service (
    prefix     text NOT NULL CHECK (prefix ~ '^[0-9]{2,8}$'),
    valid_from date NOT NULL,
    source     text NOT NULL,
    PRIMARY KEY (prefix, valid_from)
);
INSERT INTO pipeline.social_service
SELECT prefix, '2016-04-18', 'Richtlijn 2014/24/EU, bijlage XIV'
FROM unnest ('{75,79611,79622,79624,79625,7995,7999,80,85,92,98133,98200,985,551,552,5552}'::text[]) AS prefix;

GRANT SELECT, INSERT, UPDATE ON pipeline.mandate, pipeline.purchase_policy TO mw_pipeline;
GRANT SELECT ON pipeline.usual_policy, pipeline.threshold, pipeline.social_service TO mw_pipeline;

-- The day in the Netherlands.
CREATE FUNCTION pipeline.dutch_day (moment timestamptz) RETURNS date LANGUAGE sql STABLE AS
    $$ SELECT (moment AT TIME ZONE 'Europe/Amsterdam')::date $$;

-- The policy of a buyer on a day: its own, or the usual one.
CREATE FUNCTION pipeline.policy_of (buyer uuid, day date) RETURNS pipeline.usual_policy LANGUAGE sql STABLE AS $$
    (SELECT p.valid_from, p.single_max_cents, p.multi_max_cents, p.works_single_max_cents, p.works_multi_max_cents,
            p.min_invites, p.max_invites, p.min_days_invited, p.min_days_open, p.window_days, p.extend_days, p.source
     FROM pipeline.purchase_policy p
     WHERE p.organisation_id = buyer AND p.state = 'adopted' AND p.valid_from <= day
     ORDER BY p.valid_from DESC LIMIT 1)
    UNION ALL
    (SELECT u.* FROM pipeline.usual_policy u WHERE u.valid_from <= day ORDER BY u.valid_from DESC LIMIT 1)
    LIMIT 1
$$;

CREATE FUNCTION pipeline.threshold_class (kind text, cpv text[], day date) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN kind = 'work' THEN 'works'
                WHEN EXISTS (SELECT FROM pipeline.social_service s
                             WHERE s.valid_from <= day AND starts_with (cpv [1], s.prefix)) THEN 'social'
                ELSE 'supplies' END
$$;

-- Which routes a purchase may take on a day, and why not. What was bought in the window in the same CPV group by a route that is
-- as light or lighter counts together with it: a need cut into pieces is still one need.
CREATE FUNCTION pipeline.route_options (buyer uuid, kind text, cpv text[], value_cents bigint, day date, self uuid)
RETURNS TABLE (route text, allowed boolean, reason text, limit_cents bigint, counted_cents bigint, needs bigint, since date,
               min_days bigint, source text)
LANGUAGE sql STABLE AS $$
    WITH rule AS (
        SELECT p.*, t.amount_cents AS eu_cents, t.source AS eu_source,
               EXISTS (SELECT FROM pipeline.known_organisation o WHERE o.id = buyer AND o.kind <> 'municipality') AS is_private
        FROM pipeline.policy_of (buyer, day) p
        LEFT JOIN LATERAL (
            SELECT * FROM pipeline.threshold t
            WHERE t.class = pipeline.threshold_class (kind, cpv, day) AND t.valid_from <= day
            ORDER BY t.valid_from DESC LIMIT 1) t ON true
    ), earlier AS (
        SELECT n.route, n.budget_cents
        FROM pipeline.need n, rule
        WHERE n.buyer_id = buyer AND n.id IS DISTINCT FROM self AND left (n.cpv [1], 3) = left (route_options.cpv [1], 3)
          AND n.published_at > (day - rule.window_days::integer)::timestamp AT TIME ZONE 'Europe/Amsterdam'
          AND n.published_at < (day + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
          AND n.purpose <> 'market_consultation' AND n.state NOT IN ('cancelled', 'unsuccessful')
    ), way AS (
        SELECT w.route, w.weight, w.limit_cents, w.min_days, rule.*,
               (SELECT coalesce (sum (e.budget_cents), 0)::bigint FROM earlier e WHERE e.route = ANY (w.counts)) AS before_cents,
               (SELECT count (*) FROM earlier e WHERE e.route = ANY (w.counts)) AS needs
        FROM rule, LATERAL (VALUES
            (1, 'direct', '{direct}'::text[], CASE WHEN kind = 'work' THEN works_single_max_cents ELSE single_max_cents END, 0::bigint),
            (2, 'invited', '{direct,invited}', CASE WHEN kind = 'work' THEN works_multi_max_cents ELSE multi_max_cents END,
             min_days_invited),
            (3, 'open', '{}', NULL, min_days_open),
            (4, 'private', '{}', NULL, 0)) AS w (weight, route, counts, limit_cents, min_days)
    ), judged AS (
        SELECT way.*, CASE
            WHEN is_private AND route = 'direct' OR NOT is_private AND route = 'private' THEN 'route_of_buyer'
            WHEN is_private THEN NULL
            WHEN value_cents IS NULL THEN 'value_known'
            WHEN route <> 'open' AND value_cents >= eu_cents THEN 'below_eu_threshold'
            WHEN value_cents > limit_cents THEN 'below_route_limit'
            WHEN value_cents + before_cents > limit_cents THEN 'not_split' END AS why
        FROM way
    )
    SELECT route, why IS NULL, why, CASE WHEN is_private THEN NULL ELSE least (limit_cents, CASE WHEN route <> 'open' THEN eu_cents END) END,
           CASE WHEN limit_cents IS NOT NULL AND NOT is_private THEN value_cents + before_cents END,
           CASE WHEN limit_cents IS NOT NULL AND NOT is_private THEN judged.needs END,
           CASE WHEN limit_cents IS NOT NULL AND NOT is_private THEN day - window_days::integer END,
           CASE WHEN is_private THEN 0 ELSE min_days END,
           CASE WHEN is_private THEN NULL WHEN why = 'below_eu_threshold' THEN eu_source ELSE judged.source END
    FROM judged ORDER BY weight
$$;
