-- Figures that others published of a round: beside what is counted here, and apart from it.
CREATE TABLE pipeline.claimed_figure (
    id             uuid PRIMARY KEY,
    round_id       uuid NOT NULL REFERENCES pipeline.round,
    manager_id     uuid NOT NULL,
    source         text NOT NULL,
    url            text,
    said_on        date,
    text           text,
    submitted      bigint,
    submitted_more boolean,
    presented      bigint,
    selected       bigint,
    fictional      boolean,
    state          text NOT NULL DEFAULT 'cited' CHECK (state IN ('cited', 'withdrawn')),
    version        bigint NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL
);
CREATE INDEX claimed_figure_by_round ON pipeline.claimed_figure (round_id, id);
ALTER TABLE pipeline.claimed_figure ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.claimed_figure FORCE ROW LEVEL SECURITY;
CREATE POLICY claimed_figure_own ON pipeline.claimed_figure USING (manager_id = app.org ()) WITH CHECK (manager_id = app.org ());
-- Everybody reads it where they read the round.
CREATE POLICY claimed_figure_public ON pipeline.claimed_figure FOR SELECT
    USING (state = 'cited' AND EXISTS (SELECT FROM pipeline.round r WHERE r.id = round_id));
GRANT SELECT, INSERT, UPDATE ON pipeline.claimed_figure TO mw_pipeline;
