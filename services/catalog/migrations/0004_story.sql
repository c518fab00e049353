-- What cities pass on to each other, and who took it over.

CREATE TABLE catalog.story (
    id         uuid PRIMARY KEY,
    city_id    uuid NOT NULL REFERENCES catalog.organisation,
    kind       text NOT NULL CHECK (kind IN ('tip', 'success')),
    theme      text NOT NULL CHECK (theme IN ('procurement', 'account', 'ecosystem')),
    title      text NOT NULL,
    problem    text NOT NULL,
    approach   text NOT NULL,
    result     text,
    fictional  boolean,
    state      text NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
    version    bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL
);
CREATE INDEX story_by_city ON catalog.story (city_id);

ALTER TABLE catalog.story ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.story FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON catalog.story USING (city_id = app.org ());
CREATE POLICY public ON catalog.story FOR SELECT USING (state = 'published');
GRANT SELECT, INSERT, UPDATE ON catalog.story TO mw_catalog;

-- The title and teller of the story are kept as they were: the story may be retired later.
CREATE TABLE catalog.adoption (
    id            uuid PRIMARY KEY,
    story_id      uuid NOT NULL REFERENCES catalog.story,
    story_title   text NOT NULL,
    story_city_id uuid NOT NULL,
    city_id       uuid NOT NULL REFERENCES catalog.organisation,
    plan          text,
    result        text CHECK (result IN ('works', 'partly', 'not')),
    lesson        text,
    fictional     boolean,
    state         text NOT NULL CHECK (state IN ('intended', 'started', 'reported')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    CONSTRAINT adopted_once UNIQUE (story_id, city_id)
);

ALTER TABLE catalog.adoption ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.adoption FORCE ROW LEVEL SECURITY;
-- That a city took something over, and what came of it, is public: that is how others learn.
CREATE POLICY public ON catalog.adoption FOR SELECT USING (true);
CREATE POLICY own ON catalog.adoption USING (city_id = app.org ());
GRANT SELECT, INSERT, UPDATE ON catalog.adoption TO mw_catalog;
