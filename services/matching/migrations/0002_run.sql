-- Rankings that were kept: what went in, what came out, and the hash of it.

CREATE TABLE matching.run (
    id       uuid PRIMARY KEY,
    need_id  uuid NOT NULL,
    buyer_id uuid NOT NULL,
    made_at  timestamptz NOT NULL,
    hash     text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    content  text NOT NULL -- JSON, as it came: jsonb would order the fields anew
);
CREATE INDEX run_of_need ON matching.run (need_id, id DESC);

-- Kept means kept: nobody may change or remove a run.
GRANT SELECT, INSERT ON matching.run TO mw_matching;
ALTER TABLE matching.run ENABLE ROW LEVEL SECURITY;
ALTER TABLE matching.run FORCE ROW LEVEL SECURITY;
CREATE POLICY run_made ON matching.run FOR INSERT WITH CHECK (buyer_id = app.org ());
CREATE POLICY run_read ON matching.run FOR SELECT USING (buyer_id = app.org ());
