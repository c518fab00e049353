-- What all groups of pipeline stand on: the organisations, as the stream tells of them.

-- Names, kinds and admission of organisations: what everybody may read, or what the guards ask.
-- Nothing here is private to one organisation, so the table has no row-level security.
CREATE TABLE pipeline.known_organisation (
    id           uuid PRIMARY KEY,
    name         text NOT NULL,
    kind         text NOT NULL,
    municipality text NOT NULL,
    state        text NOT NULL,
    fictional    boolean NOT NULL,
    version      bigint NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON pipeline.known_organisation TO mw_pipeline;
