-- The need in full (deploy/decisions/0021-need-routes.md): by which route it is bought, who wrote and approved it, what exactly is
-- asked, by what it is judged, and the stages of approval, closing and award.

-- Needs from before there were routes were awarded straight from what came in: that is the route `direct`.
ALTER TABLE pipeline.need
    ADD COLUMN route text NOT NULL DEFAULT 'direct' CHECK (route IN ('direct', 'invited', 'open', 'private')),
    ADD COLUMN purpose text NOT NULL DEFAULT 'purchase' CHECK (purpose IN ('purchase', 'challenge', 'market_consultation')),
    ADD COLUMN spec_lines jsonb,
    ADD COLUMN criteria jsonb,
    ADD COLUMN reserved boolean NOT NULL DEFAULT false,
    ADD COLUMN shares jsonb,
    ADD COLUMN sharer_ids uuid[],
    ADD COLUMN question_deadline timestamptz,
    ADD COLUMN opening_at timestamptz,
    ADD COLUMN revision bigint NOT NULL DEFAULT 1,
    ADD COLUMN created_by uuid,
    ADD COLUMN submitted_by uuid,
    ADD COLUMN approved_by uuid,
    ADD COLUMN return_reason text,
    ADD COLUMN cancel_cause text CHECK (cancel_cause IN ('no_demand', 'budget', 'error', 'no_offer', 'force_majeure')),
    ADD COLUMN closed_at timestamptz,
    DROP CONSTRAINT need_state_check,
    ADD CONSTRAINT need_state_check CHECK (state IN (
        'draft', 'approval', 'ready', 'open', 'sealed_closed', 'evaluating', 'award_proposed', 'standstill', 'suspended',
        'awarded', 'closed', 'cancelled', 'unsuccessful', 'dropped'));

-- Who buys under the Aanbestedingswet has the shortest of its routes where none was named; anybody else has rules of their own.
CREATE FUNCTION pipeline.usual_route (buyer uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM pipeline.known_organisation o WHERE o.id = buyer AND o.kind <> 'municipality')
                THEN 'private' ELSE 'direct' END
$$;

CREATE OR REPLACE VIEW pipeline.need_record WITH (security_invoker = true) AS
SELECT n.id, n.buyer_id, buyer.name AS buyer_name, n.title, n.description, n.kind, n.sector, n.cpv,
       n.quantity, n.unit, n.budget_cents, n.municipality,
       place.name AS municipality_name, n.start_on, n.quote_deadline,
       n.goals, n.target_groups, n.fictional, n.awarded_quote_id, n.motivation,
       (SELECT count (*) FROM pipeline.quote q
        WHERE q.need_id = n.id AND q.state = 'submitted') AS quotes_in,
       n.state, n.version, n.created_at, n.draw_commitment,
       (SELECT encode (d.secret, 'hex') FROM pipeline.draw_secret d WHERE d.need_id = n.id) AS draw_secret,
       n.route, n.purpose, n.spec_lines, n.criteria, n.reserved, n.shares, n.question_deadline, n.opening_at, n.revision,
       n.created_by, n.submitted_by, n.approved_by, n.return_reason, n.cancel_cause, n.cancel_reason, n.published_at,
       n.closed_at, buyer.kind AS buyer_kind
FROM pipeline.need n
LEFT JOIN app.municipality place ON place.code = n.municipality
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = n.buyer_id;
