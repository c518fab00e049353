-- The draw that breaks ties among matches (deploy/decisions/0013-draw.md): each need has a secret from its first day on, of
-- which everybody may know the hash. The secret itself is made here and read by nobody before the need is on the market.
-- tolerates older builds

ALTER TABLE pipeline.need ADD COLUMN draw_commitment text CHECK (draw_commitment ~ '^[0-9a-f]{64}$');

CREATE TABLE pipeline.draw_secret (
    need_id  uuid PRIMARY KEY REFERENCES pipeline.need,
    buyer_id uuid NOT NULL,
    secret   bytea NOT NULL CHECK (octet_length (secret) = 32)
);
-- Neither changed nor removed, and not read before its time, also not by the service that wrote it.
GRANT SELECT, INSERT ON pipeline.draw_secret TO mw_pipeline;
ALTER TABLE pipeline.draw_secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.draw_secret FORCE ROW LEVEL SECURITY;
CREATE POLICY secret_made ON pipeline.draw_secret FOR INSERT WITH CHECK (buyer_id = app.org ());
CREATE POLICY secret_revealed ON pipeline.draw_secret FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.need n WHERE n.id = need_id AND n.published_at IS NOT NULL));

CREATE OR REPLACE VIEW pipeline.need_record WITH (security_invoker = true) AS
SELECT n.id, n.buyer_id, buyer.name AS buyer_name, n.title, n.description, n.kind, n.sector, n.cpv,
       n.quantity, n.unit, n.budget_cents, n.municipality,
       place.name AS municipality_name, n.start_on, n.quote_deadline,
       n.goals, n.target_groups, n.fictional, n.awarded_quote_id, n.motivation,
       (SELECT count (*) FROM pipeline.quote q
        WHERE q.need_id = n.id AND q.state = 'submitted') AS quotes_in,
       n.state, n.version, n.created_at, n.draw_commitment,
       (SELECT encode (d.secret, 'hex') FROM pipeline.draw_secret d WHERE d.need_id = n.id) AS draw_secret
FROM pipeline.need n
LEFT JOIN app.municipality place ON place.code = n.municipality
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = n.buyer_id;
