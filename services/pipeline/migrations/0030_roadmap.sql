-- Assessments: the level of a city on a theme of the roadmap, with criteria and evidence.

-- The highest level of which it and all below have every criterion met: one below the lowest level
-- with a criterion that is not met, or the highest level that was looked at.
CREATE FUNCTION pipeline.level_reached (criteria jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce (min (level) FILTER (WHERE NOT met) - 1, max (level))
      FROM jsonb_to_recordset (criteria) AS criterion (level bigint, met boolean)
$$;

-- Whether every criterion that is met says what shows it.
CREATE FUNCTION pipeline.has_evidence (criteria jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT bool_and (NOT met OR evidence IS NOT NULL)
      FROM jsonb_to_recordset (criteria) AS criterion (met boolean, evidence text)
$$;

CREATE TABLE pipeline.assessment (
    id                uuid PRIMARY KEY,
    city_id           uuid NOT NULL,
    theme             text NOT NULL CHECK (theme IN ('procurement', 'account', 'ecosystem')),
    as_of             date NOT NULL,
    criteria          jsonb NOT NULL,
    level             bigint NOT NULL
                      GENERATED ALWAYS AS (pipeline.level_reached (criteria)) STORED,
    evidence_complete boolean NOT NULL
                      GENERATED ALWAYS AS (pipeline.has_evidence (criteria)) STORED,
    fictional         boolean,
    give_back_reason  text,
    state             text NOT NULL CHECK (state IN ('draft', 'submitted', 'published',
    'superseded',
                                                     'dropped')),
    version           bigint NOT NULL DEFAULT 1,
    created_at        timestamptz NOT NULL
);
CREATE INDEX assessment_by_city ON pipeline.assessment (city_id, theme);

ALTER TABLE pipeline.assessment ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.assessment FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON pipeline.assessment USING (city_id = app.org ());
CREATE POLICY public ON pipeline.assessment FOR SELECT
    USING (state IN ('published', 'superseded'));
GRANT SELECT, INSERT, UPDATE ON pipeline.assessment TO mw_pipeline;
