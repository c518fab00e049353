-- What things are called of which the stream does not say it, because it has to be forgotten when somebody asks for that: the log keeps
-- all that it was ever told (deploy/decisions/0050-erasing.md). Whose noun it is keeps this in step; who shows notices, or carries a plan
-- over to the market, reads it.
-- tolerates older builds
CREATE TABLE stream.caption (
    id      uuid PRIMARY KEY,
    title   text NOT NULL,
    summary text NOT NULL
);
GRANT SELECT ON stream.caption TO mw_gateway, mw_catalog;

-- What is kept under an Idempotency-Key goes after a week; call_answered finds the oldest, and passes over what another one has locked.
CREATE INDEX idempotency_by_age ON catalog.idempotency (created_at);
GRANT UPDATE (created_at) ON catalog.idempotency TO mw_catalog;
CREATE INDEX idempotency_by_age ON pipeline.idempotency (created_at);
GRANT UPDATE (created_at) ON pipeline.idempotency TO mw_pipeline;
CREATE INDEX idempotency_by_age ON reporting.idempotency (created_at);
GRANT UPDATE (created_at) ON reporting.idempotency TO mw_reporting;
CREATE INDEX idempotency_by_age ON identity.idempotency (created_at);
GRANT UPDATE (created_at) ON identity.idempotency TO mw_gateway;
