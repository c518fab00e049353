-- Scores: two people or more judge each quote by the need's award criteria, without seeing each other's before their own is
-- locked; and what comes of that, in integers that anybody can compute again.

CREATE TABLE pipeline.score (
    id         uuid PRIMARY KEY,
    need_id    uuid NOT NULL REFERENCES pipeline.need,
    quote_id   uuid NOT NULL,
    buyer_id   uuid NOT NULL,
    account_id uuid NOT NULL,
    round      bigint NOT NULL, -- awards of the need that became void before: after a complaint quotes are scored afresh
    points     jsonb NOT NULL,
    remark     text,
    state      text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'locked')),
    version    bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    CONSTRAINT quote_of_need FOREIGN KEY (quote_id, need_id) REFERENCES pipeline.quote (id, need_id),
    CONSTRAINT scored_once UNIQUE (quote_id, account_id, round)
);
CREATE INDEX score_by_need ON pipeline.score (need_id, id DESC);
CREATE INDEX score_by_buyer ON pipeline.score (buyer_id, id DESC);

ALTER TABLE pipeline.score ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.score FORCE ROW LEVEL SECURITY;
CREATE POLICY score_buyer ON pipeline.score USING (buyer_id = app.org ()) WITH CHECK (buyer_id = app.org ());

ALTER TABLE pipeline.award ADD COLUMN ranking jsonb;

CREATE VIEW pipeline.score_round WITH (security_invoker = true) AS
SELECT n.id AS need_id, (SELECT count (*) FROM pipeline.award a WHERE a.need_id = n.id AND a.state = 'void') AS round
FROM pipeline.need n;

CREATE VIEW pipeline.score_record WITH (security_invoker = true) AS
SELECT s.id, s.need_id, n.title AS need_title, s.quote_id, s.buyer_id, s.account_id,
       CASE WHEN v.shown THEN s.points END AS points, CASE WHEN v.shown THEN s.remark END AS remark,
       r.round = s.round AS current, n.criteria, n.state AS need_state, q.state AS quote_state,
       s.state, s.version, s.created_at
FROM pipeline.score s
JOIN pipeline.need n ON n.id = s.need_id
JOIN pipeline.quote q ON q.id = s.quote_id
JOIN pipeline.score_round r ON r.need_id = s.need_id
CROSS JOIN LATERAL (SELECT s.account_id = app.account () OR s.state = 'locked' AND EXISTS (
    SELECT FROM pipeline.score o WHERE o.quote_id = s.quote_id AND o.round = s.round AND o.account_id = app.account ()
    AND o.state = 'locked') AS shown) v;

-- The formula: of a criterion, weight times the points of all who judged, divided by the most that they could have given,
-- rounded down; of a quote, the sum of that.
CREATE VIEW pipeline.criterion_result WITH (security_invoker = true) AS
SELECT s.need_id, s.quote_id, c.at, c.code, c.weight_ppm, c.scale, count (*) AS assessors, sum (p.points)::bigint AS points,
       c.weight_ppm * sum (p.points)::bigint / (c.scale * count (*)) AS result_ppm
FROM pipeline.score s
JOIN pipeline.score_round r ON r.need_id = s.need_id AND r.round = s.round
JOIN pipeline.need n ON n.id = s.need_id
CROSS JOIN LATERAL (
    SELECT e.at, e.value ->> 'code' AS code, (e.value ->> 'weight_ppm')::bigint AS weight_ppm,
           coalesce ((e.value ->> 'scale')::bigint, 10) AS scale
    FROM jsonb_array_elements (n.criteria) WITH ORDINALITY e (value, at) WHERE e.value ->> 'kind' = 'award') c
CROSS JOIN LATERAL (
    SELECT (e.value ->> 'points')::bigint AS points FROM jsonb_array_elements (s.points) e WHERE e.value ->> 'code' = c.code) p
WHERE s.state = 'locked'
GROUP BY s.need_id, s.quote_id, c.at, c.code, c.weight_ppm, c.scale;

CREATE VIEW pipeline.quote_result WITH (security_invoker = true) AS
SELECT c.need_id, c.quote_id, sum (c.result_ppm)::bigint AS total_ppm,
       jsonb_agg (jsonb_build_object ('code', c.code, 'weight_ppm', c.weight_ppm, 'scale', c.scale, 'assessors', c.assessors,
                                      'points', c.points, 'result_ppm', c.result_ppm) ORDER BY c.at) AS criteria
FROM pipeline.criterion_result c
JOIN pipeline.quote q ON q.id = c.quote_id AND q.state = 'admitted'
GROUP BY c.need_id, c.quote_id;

CREATE VIEW pipeline.need_scoring WITH (security_invoker = true) AS
SELECT n.id AS need_id, n.buyer_id,
       (SELECT count (*) FROM pipeline.quote q WHERE q.need_id = n.id AND q.state = 'admitted'
        AND EXISTS (SELECT FROM jsonb_array_elements (n.criteria) e WHERE e.value ->> 'kind' = 'award')
        AND (SELECT count (*) FROM pipeline.score s JOIN pipeline.score_round r ON r.need_id = s.need_id AND r.round = s.round
             WHERE s.quote_id = q.id AND s.state = 'locked') < 2) AS unscored,
       (SELECT jsonb_agg (to_jsonb (r) - 'need_id' ORDER BY r.total_ppm DESC, r.quote_id) FROM pipeline.quote_result r
        WHERE r.need_id = n.id) AS items
FROM pipeline.need n;

CREATE OR REPLACE VIEW pipeline.award_record WITH (security_invoker = true) AS
SELECT a.id, a.need_id, n.title AS need_title, a.buyer_id, a.quote_id, a.reasons, a.proposed_by, a.decided_by, a.decided_at,
       a.standstill_until, a.reject_reason, n.route, n.state AS need_state,
       EXISTS (SELECT FROM pipeline.quote q WHERE q.id = a.quote_id
               AND q.state = CASE WHEN q.sealed THEN 'admitted' ELSE 'submitted' END) AS weighed,
       (SELECT count (*) FROM pipeline.quote q WHERE q.need_id = a.need_id AND q.state = 'opened') AS unjudged,
       (SELECT count (*) FROM pipeline.quote q WHERE q.need_id = a.need_id AND q.state IN ('admitted', 'submitted')
        AND NOT EXISTS (SELECT FROM jsonb_array_elements (a.reasons) r WHERE r ->> 'quote_id' = q.id::text)) AS unreasoned,
       a.state, a.version, a.created_at, a.ranking,
       (SELECT s.unscored FROM pipeline.need_scoring s WHERE s.need_id = a.need_id) AS unscored
FROM pipeline.award a
JOIN pipeline.need n ON n.id = a.need_id;

GRANT SELECT, INSERT, UPDATE ON pipeline.score TO mw_pipeline;
GRANT SELECT ON pipeline.score_round, pipeline.score_record, pipeline.criterion_result, pipeline.quote_result,
    pipeline.need_scoring TO mw_pipeline;
