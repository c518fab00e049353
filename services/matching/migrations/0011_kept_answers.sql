-- As common/migrations/0007_caption.sql: what is kept under an Idempotency-Key goes after a week.
-- tolerates older builds
CREATE INDEX idempotency_by_age ON matching.idempotency (created_at);
GRANT UPDATE (created_at) ON matching.idempotency TO mw_matching;
