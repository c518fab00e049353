-- Schemas, login roles, and the few functions that policies and statements of every service use.
-- Tables belong to mw_owner, which no service can assume; a service logs in under its own role.

CREATE SCHEMA app;
CREATE SCHEMA catalog;
CREATE SCHEMA pipeline;
CREATE SCHEMA reporting;
CREATE SCHEMA identity;

GRANT USAGE ON SCHEMA app TO mw_catalog, mw_pipeline, mw_reporting, mw_gateway, mw_relay;
GRANT USAGE ON SCHEMA catalog TO mw_catalog;
GRANT USAGE ON SCHEMA pipeline TO mw_pipeline;
GRANT USAGE ON SCHEMA reporting TO mw_reporting;
GRANT USAGE ON SCHEMA identity TO mw_gateway;

-- Who calls, as the runtime says at the start of each transaction. Empty means nobody.
CREATE FUNCTION app.org () RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif (current_setting ('app.org', true), '')::uuid $$;
CREATE FUNCTION app.account () RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif (current_setting ('app.account', true), '')::uuid $$;
-- Does the caller hold one of these roles? Bits of proto/roles.def.
CREATE FUNCTION app.may (bits integer) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce (nullif (current_setting ('app.roles', true), '')::integer, 0) & bits <> 0 $$;

-- The caller of a write under a key, and whether it may go on: only one at a time under a key (the
-- others are told so, instead of holding a worker each), and not what was answered before. Statements
-- that travel with it are then not run.
CREATE FUNCTION app.enter_once (org text, account text, roles text, caller text, called_key text)
    RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config ('app.org', org, true), set_config ('app.account', account, true),
            set_config ('app.roles', roles, true);
    IF NOT pg_try_advisory_xact_lock (hashtextextended (caller || ' ' || called_key, 0)) THEN
        RAISE unique_violation USING CONSTRAINT = 'key_in_progress';
    END IF;
    IF EXISTS (SELECT FROM idempotency i WHERE i.caller = enter_once.caller AND i.key = called_key) THEN
        RAISE unique_violation USING CONSTRAINT = 'key_answered';
    END IF;
    RETURN clock_timestamp ();
END $$;

-- Municipalities are the same for everybody and belong to nobody: no row-level security.
CREATE TABLE app.municipality (
    code         text PRIMARY KEY CHECK (code ~ '^GM[0-9]{4}$'),
    name         text NOT NULL,
    province     text,
    latitude_e5  integer NOT NULL,
    longitude_e5 integer NOT NULL,
    member_from  date,
    member_until date,
    version      bigint NOT NULL DEFAULT 1
);
GRANT SELECT ON app.municipality TO mw_catalog, mw_pipeline, mw_reporting, mw_gateway;
GRANT INSERT, UPDATE ON app.municipality TO mw_catalog;

-- Answers kept under their Idempotency-Key. The caller is the organisation, or the account where there
-- is none. No policy: the statements always name the caller, and a service reads only its own table.
CREATE FUNCTION app.make_idempotency (schema_name text, service_role text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format ('CREATE TABLE %I.idempotency (caller text NOT NULL, key text NOT NULL, operation text NOT NULL,'
        ' body_hash bytea NOT NULL, reply bytea NOT NULL, body bytea NOT NULL, created_at timestamptz NOT NULL,'
        ' CONSTRAINT key_in_progress PRIMARY KEY (caller, key))', schema_name);
    EXECUTE format ('GRANT SELECT, INSERT, DELETE ON %I.idempotency TO %I', schema_name, service_role);
END $$;
SELECT app.make_idempotency ('catalog', 'mw_catalog');
SELECT app.make_idempotency ('pipeline', 'mw_pipeline');
SELECT app.make_idempotency ('reporting', 'mw_reporting');
SELECT app.make_idempotency ('identity', 'mw_gateway');

-- Where a service is in the stream; one row.
CREATE FUNCTION app.make_position (schema_name text, service_role text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format ('CREATE TABLE %I.position (one boolean PRIMARY KEY DEFAULT true CHECK (one), epoch uuid,'
        ' seq bigint NOT NULL DEFAULT 0, recorded_at timestamptz)', schema_name);
    EXECUTE format ('INSERT INTO %I.position DEFAULT VALUES', schema_name);
    EXECUTE format ('GRANT SELECT, UPDATE ON %I.position TO %I', schema_name, service_role);
END $$;
SELECT app.make_position ('catalog', 'mw_catalog');
SELECT app.make_position ('pipeline', 'mw_pipeline');
SELECT app.make_position ('reporting', 'mw_reporting');
SELECT app.make_position ('identity', 'mw_gateway');

DROP FUNCTION app.make_idempotency (text, text);
DROP FUNCTION app.make_position (text, text);
