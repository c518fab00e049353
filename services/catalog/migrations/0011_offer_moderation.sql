-- Offers in full: how a price is meant, documents, a last day, moderation, and changes of what is on the market.

ALTER TABLE catalog.offer
    DROP CONSTRAINT offer_state_check,
    ADD CONSTRAINT offer_state_check CHECK (state IN ('draft', 'submitted', 'changes_asked', 'approved', 'refused',
        'published', 'paused', 'hidden', 'expired', 'retired')),
    ADD COLUMN price_mode  text CHECK (price_mode IN ('fixed', 'from', 'tiered', 'on_request')),
    ADD COLUMN tiers       jsonb,
    ADD COLUMN documents   jsonb,
    ADD COLUMN valid_until date,
    ADD COLUMN decision    text;
CREATE TRIGGER offer_embeds BEFORE INSERT OR DELETE OR UPDATE OF documents ON catalog.offer
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('documents');
-- The proof of its marks is for itself and for moderators, where it says so.
ALTER TABLE catalog.organisation ADD COLUMN label_proof jsonb; -- the labels, as an object, which is what may embed files
CREATE VIEW catalog.organisation_insider WITH (security_invoker = true) AS
SELECT o.id FROM catalog.organisation o WHERE o.id = app.org () OR app.may (512);
GRANT SELECT ON catalog.organisation_insider TO mw_catalog;
CREATE TRIGGER organisation_embeds BEFORE INSERT OR DELETE OR UPDATE OF label_proof ON catalog.organisation
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('label_proof', 'catalog.organisation_insider');
CREATE POLICY moderator ON catalog.offer FOR SELECT USING (app.may (512 | 4096) AND state <> 'draft');
CREATE POLICY moderator_change ON catalog.offer FOR UPDATE USING (app.may (512 | 4096));

-- A mark's proof is a document or a page of its issuer's register.
CREATE OR REPLACE FUNCTION catalog.labels_shown (claimed jsonb, checked jsonb, at timestamptz) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_agg (label ORDER BY place)
      FROM jsonb_array_elements (claimed) WITH ORDINALITY AS each (label, place),
           LATERAL (SELECT (at AT TIME ZONE 'Europe/Amsterdam')::date AS day) AS today
     WHERE checked @> jsonb_build_array (label)
       AND coalesce (label ->> 'evidence_url', label ->> 'evidence') IS NOT NULL
       AND coalesce ((label ->> 'valid_from')::date, day) <= day
       AND coalesce ((label ->> 'valid_until')::date, day) >= day
$$;

-- Does the caller belong to an organisation, or does their own one deal with it?
CREATE FUNCTION catalog.is_tied (other uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce (other = app.org (), false)
           OR EXISTS (SELECT FROM catalog.member m WHERE m.id = other AND m.account_id = app.account ())
           OR EXISTS (SELECT FROM catalog.known_order k
                       WHERE (k.buyer_id = app.org () AND k.supplier_id = other)
                          OR (k.supplier_id = app.org () AND k.buyer_id = other))
$$;

-- Which fields of an offer on the market may change at once, from a day on; of a number, by how much. All others wait
-- for a moderator.
CREATE TABLE catalog.low_risk (
    field      text NOT NULL,
    since      date NOT NULL,
    within_ppm bigint, -- NULL: by any amount
    PRIMARY KEY (field, since)
);
INSERT INTO catalog.low_risk (field, since, within_ppm) VALUES
    ('lead_days', '2023-01-01', NULL), ('capacity', '2023-01-01', NULL), ('national', '2023-01-01', NULL),
    ('region', '2023-01-01', NULL), ('valid_until', '2023-01-01', NULL), ('price_cents', '2023-01-01', 200000);
GRANT SELECT ON catalog.low_risk TO mw_catalog;

-- What an offer says, without what is empty or false: two that say the same are the same text.
CREATE FUNCTION catalog.offer_text (o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce (jsonb_object_agg (key, value), '{}')
      FROM jsonb_each (o)
     WHERE key IN ('title', 'title_en', 'description', 'description_en', 'kind', 'sector', 'cpv', 'price_cents',
                   'price_mode', 'tiers', 'unit', 'vat', 'lead_days', 'capacity', 'national', 'region', 'goals',
                   'target_groups', 'impact', 'documents', 'valid_until', 'fictional')
       AND value NOT IN ('null', 'false', '[]')
$$;
CREATE FUNCTION catalog.offer_differs (before jsonb, after jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce (array_agg (key ORDER BY key), '{}')
      FROM (SELECT jsonb_object_keys (before || after) AS key) AS keys
     WHERE before -> key IS DISTINCT FROM after -> key
$$;
CREATE FUNCTION catalog.is_low_risk (before jsonb, after jsonb, at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce (bool_and (free.field IS NOT NULL AND (free.within_ppm IS NULL
               OR abs ((after ->> name)::bigint - (before ->> name)::bigint) * 1000000
                  <= (before ->> name)::bigint * free.within_ppm)), true)
      FROM unnest (catalog.offer_differs (before, after)) AS name
      LEFT JOIN LATERAL (
           SELECT l.* FROM catalog.low_risk l
            WHERE l.field = name AND l.since <= (at AT TIME ZONE 'Europe/Amsterdam')::date
            ORDER BY l.since DESC LIMIT 1) AS free ON true
$$;

CREATE TABLE catalog.offer_edit (
    id          uuid PRIMARY KEY,
    offer_id    uuid NOT NULL REFERENCES catalog.offer,
    supplier_id uuid NOT NULL REFERENCES catalog.organisation,
    proposed    jsonb NOT NULL,
    before      jsonb NOT NULL,
    fields      text[] NOT NULL,
    low_risk    boolean NOT NULL,
    decision    text,
    decided_at  timestamptz,
    fictional   boolean,
    state       text NOT NULL CHECK (state IN ('pending', 'applied', 'declined', 'cancelled')),
    version     bigint NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL
);
CREATE INDEX offer_edit_by_offer ON catalog.offer_edit (offer_id, id);
CREATE UNIQUE INDEX one_pending_change ON catalog.offer_edit (offer_id) WHERE state = 'pending';
CREATE TRIGGER offer_edit_embeds BEFORE INSERT OR DELETE OR UPDATE OF proposed ON catalog.offer_edit
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('proposed');
ALTER TABLE catalog.offer_edit ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.offer_edit FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON catalog.offer_edit USING (supplier_id = app.org ());
CREATE POLICY moderator ON catalog.offer_edit FOR SELECT USING (app.may (512 | 4096));
CREATE POLICY moderator_change ON catalog.offer_edit FOR UPDATE USING (app.may (512 | 4096));
GRANT SELECT, INSERT, UPDATE ON catalog.offer_edit TO mw_catalog;
