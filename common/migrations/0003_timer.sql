-- Steps that SYSTEM takes when their moment comes (TIMER in proto/*.process.def): which, and when.
-- Written and read by the runtime only (common/timer.c), in the transaction of each step.
CREATE FUNCTION app.make_timer (schema_name text, service_role text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format ('CREATE TABLE %I.timer (noun text NOT NULL, thing_id uuid NOT NULL, command text NOT NULL,'
        ' org uuid, due_at timestamptz NOT NULL, try_at timestamptz NOT NULL, tries integer NOT NULL DEFAULT 0,'
        ' PRIMARY KEY (noun, thing_id, command))', schema_name);
    EXECUTE format ('CREATE INDEX timer_by_time ON %I.timer (try_at)', schema_name);
    EXECUTE format ('GRANT SELECT, INSERT, UPDATE, DELETE ON %I.timer TO %I', schema_name, service_role);
END $$;
SELECT app.make_timer ('catalog', 'mw_catalog');
SELECT app.make_timer ('pipeline', 'mw_pipeline');
SELECT app.make_timer ('reporting', 'mw_reporting');
SELECT app.make_timer ('identity', 'mw_gateway');
