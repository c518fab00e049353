-- What matching keeps: rankings that somebody may ask for years later. The market itself it reads from the stream.

CREATE SCHEMA matching;
GRANT USAGE ON SCHEMA matching, app, stream TO mw_matching;
GRANT SELECT ON app.municipality TO mw_matching;
GRANT INSERT ON stream.outbox TO mw_matching;

-- Answers kept under their Idempotency-Key, as in the other schemas (0001_platform.sql).
CREATE TABLE matching.idempotency (
    caller     text NOT NULL,
    key        text NOT NULL,
    operation  text NOT NULL,
    body_hash  bytea NOT NULL,
    reply      bytea NOT NULL,
    body       bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT key_in_progress PRIMARY KEY (caller, key)
);
GRANT SELECT, INSERT, DELETE ON matching.idempotency TO mw_matching;
