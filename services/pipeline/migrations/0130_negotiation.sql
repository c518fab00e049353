-- Negotiation of a quote on a route that allows it (deploy/decisions/0035-negotiation.md): what each side proposed stays as it was,
-- beside what the quote was before. The quote's own row is what was agreed last.

ALTER TABLE pipeline.quote
    DROP CONSTRAINT quote_state_check,
    ADD CONSTRAINT quote_state_check CHECK (state IN (
        'draft', 'submitted', 'negotiating', 'counter', 'opened', 'admitted', 'excluded', 'preferred', 'selected',
        'not_selected', 'withdrawn', 'destroyed'));

CREATE FUNCTION pipeline.route_negotiates () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE check_violation USING CONSTRAINT = 'route_negotiates', MESSAGE = 'route_negotiates';
END $$;
CREATE TRIGGER route_negotiates BEFORE INSERT OR UPDATE OF state ON pipeline.quote
    FOR EACH ROW WHEN (NEW.sealed AND NEW.state IN ('negotiating', 'counter')) EXECUTE FUNCTION pipeline.route_negotiates ();

CREATE TABLE pipeline.quote_round (
    quote_id     uuid NOT NULL REFERENCES pipeline.quote,
    revision     bigint NOT NULL CHECK (revision > 0),
    supplier_id  uuid NOT NULL,
    buyer_id     uuid NOT NULL,
    proposed_by  uuid NOT NULL CHECK (proposed_by IN (supplier_id, buyer_id)),
    lines        jsonb NOT NULL,
    total_cents  bigint NOT NULL CHECK (total_cents >= 0),
    message      text,
    valid_until  date,
    salt         text,
    content_hash text,
    reason       text, -- none: what the quote was when negotiation began
    proposed_at  timestamptz,
    answer_by    timestamptz,
    result       text CHECK (result IN ('stood', 'agreed', 'countered', 'ended', 'lapsed')), -- none: it waits, or the award came first
    answered_at  timestamptz,
    round        bigint NOT NULL CHECK (round >= 0),
    PRIMARY KEY (quote_id, revision),
    CONSTRAINT within_rounds CHECK (round <= 50)
);
CREATE UNIQUE INDEX one_proposal ON pipeline.quote_round (quote_id) WHERE result IS NULL;

-- Both sides, and nobody else: no other supplier, no handler.
ALTER TABLE pipeline.quote_round ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.quote_round FORCE ROW LEVEL SECURITY;
CREATE POLICY quote_round_sides ON pipeline.quote_round
    USING (app.org () IN (supplier_id, buyer_id)) WITH CHECK (app.org () IN (supplier_id, buyer_id));

CREATE OR REPLACE VIEW pipeline.quote_record WITH (security_invoker = true) AS
SELECT q.id, q.need_id, n.title AS need_title, q.supplier_id, supplier.name AS supplier_name,
       CASE WHEN q.opened_at IS NULL AND q.sealed THEN NULL ELSE q.buyer_id END AS buyer_id,
       q.offer_id, q.message, q.valid_until, q.lines, q.total_cents, n.quote_deadline,
       n.state AS need_state,
       coalesce (supplier.kind = 'enterprise' AND supplier.state = 'admitted', false)
           AS supplier_admitted,
       i.id AS invitation_id, q.state, q.version, q.created_at,
       q.sealed, q.revision, q.content_hash, q.salt, q.received_at, q.opened_at, q.exclude_reason,
       s.key AS seal_key, n.route AS need_route, coalesce (talk.rounds, 0) AS rounds,
       greatest (q.revision, talk.last_revision) AS last_revision,
       CASE WHEN q.state IN ('negotiating', 'counter') THEN talk.answer_by END AS answer_by
FROM pipeline.quote q
JOIN pipeline.need n ON n.id = q.need_id
LEFT JOIN pipeline.seal s ON s.need_id = q.need_id AND q.sealed
LEFT JOIN pipeline.invitation i ON i.need_id = q.need_id AND i.supplier_id = q.supplier_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = q.supplier_id
CROSS JOIN LATERAL (
    SELECT max (r.round) AS rounds, max (r.revision) AS last_revision, max (r.answer_by) FILTER (WHERE r.result IS NULL) AS answer_by
    FROM pipeline.quote_round r WHERE r.quote_id = q.id) talk
WHERE NOT q.sealed OR q.opened_at IS NOT NULL OR q.supplier_id = app.org () OR s.state = 'destroyed';

-- A quote that is negotiated is in: it counts, and who chooses another one says why.
CREATE OR REPLACE VIEW pipeline.need_record WITH (security_invoker = true) AS
SELECT n.id, n.buyer_id, buyer.name AS buyer_name, n.title, n.description, n.kind, n.sector, n.cpv,
       n.quantity, n.unit, n.budget_cents, n.municipality,
       place.name AS municipality_name, n.start_on, n.quote_deadline,
       n.goals, n.target_groups, n.fictional, n.awarded_quote_id, n.motivation,
       (SELECT count (*) FROM pipeline.quote q
        WHERE q.need_id = n.id AND q.state IN ('submitted', 'negotiating', 'counter')) AS quotes_in,
       n.state, n.version, n.created_at, n.draw_commitment,
       (SELECT encode (d.secret, 'hex') FROM pipeline.draw_secret d WHERE d.need_id = n.id) AS draw_secret,
       n.route, n.purpose, n.spec_lines, n.criteria, n.reserved, n.shares, n.question_deadline, n.opening_at, n.revision,
       n.created_by, n.submitted_by, n.approved_by, n.return_reason, n.cancel_cause, n.cancel_reason, n.published_at,
       n.closed_at, buyer.kind AS buyer_kind
FROM pipeline.need n
LEFT JOIN app.municipality place ON place.code = n.municipality
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = n.buyer_id;

CREATE OR REPLACE VIEW pipeline.award_record WITH (security_invoker = true) AS
SELECT a.id, a.need_id, n.title AS need_title, a.buyer_id, a.quote_id, a.reasons, a.proposed_by, a.decided_by, a.decided_at,
       a.standstill_until, a.reject_reason, n.route, n.state AS need_state,
       EXISTS (SELECT FROM pipeline.quote q WHERE q.id = a.quote_id
               AND q.state = CASE WHEN q.sealed THEN 'admitted' ELSE 'submitted' END) AS weighed,
       (SELECT count (*) FROM pipeline.quote q WHERE q.need_id = a.need_id AND q.state = 'opened') AS unjudged,
       (SELECT count (*) FROM pipeline.quote q
        WHERE q.need_id = a.need_id AND q.state IN ('admitted', 'submitted', 'negotiating', 'counter')
        AND NOT EXISTS (SELECT FROM jsonb_array_elements (a.reasons) r WHERE r ->> 'quote_id' = q.id::text)) AS unreasoned,
       a.state, a.version, a.created_at, a.ranking,
       (SELECT s.unscored FROM pipeline.need_scoring s WHERE s.need_id = a.need_id) AS unscored,
       EXISTS (SELECT FROM pipeline.quote q WHERE q.id = a.quote_id AND q.state IN ('negotiating', 'counter')) AS negotiated
FROM pipeline.award a
JOIN pipeline.need n ON n.id = a.need_id;

GRANT SELECT, INSERT, UPDATE ON pipeline.quote_round TO mw_pipeline;
