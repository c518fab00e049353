-- isolation-probe.sql - what each viewer of a small world sees, may change and may add, as text.
--
-- probe.verdict () tries everything as the services' own roles and keeps nothing of it.

CREATE SCHEMA probe;

-- Who looks: an organisation, an account, roles as bits; empty is nobody.
CREATE TABLE probe.viewer (
    name    text PRIMARY KEY,
    org     text NOT NULL,
    account text NOT NULL,
    roles   integer NOT NULL
);

-- At what: each table with row-level security, its rows as they are, and a change that reads
-- nothing, so that only the policies for changing decide on it.
CREATE TABLE probe.subject (
    name    regclass PRIMARY KEY,
    role    text NOT NULL,
    columns text NOT NULL,
    change  text,
    rows    jsonb[] NOT NULL DEFAULT '{}'
);

INSERT INTO probe.subject (name, role, columns, change)
SELECT c.oid::regclass, CASE c.relnamespace::regnamespace::text WHEN 'blob' THEN 'mw_gateway' ELSE 'mw_' || c.relnamespace::regnamespace END,
       string_agg (quote_ident (a.attname), ', ') FILTER (WHERE a.attgenerated = ''),
       CASE WHEN bool_or (a.attname = 'version') THEN 'version = 7'
            WHEN bool_or (a.attname = 'read_at') THEN 'read_at = now ()'
            WHEN bool_or (a.attname = 'tries') THEN 'tries = 7'
            WHEN bool_or (a.attname = 'frequency') THEN 'frequency = ''off'''
            WHEN bool_or (a.attname = 'reject_reason') THEN 'reject_reason = ''Nee'''
            WHEN bool_or (a.attname = 'box') THEN 'box = ''00'''
            WHEN bool_or (a.attname = 'signed_at') THEN 'signed_at = now ()'
            WHEN bool_or (a.attname = 'remarks') THEN 'remarks = ''Anders'''
            WHEN bool_or (a.attname = 'description') THEN 'description = ''Anders''' END
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relkind = 'r' AND c.relrowsecurity
 GROUP BY c.oid;

DO $$
DECLARE
    subject probe.subject;
BEGIN
    FOR subject IN SELECT * FROM probe.subject LOOP
        EXECUTE format ('UPDATE probe.subject SET rows = ARRAY (SELECT to_jsonb (t) FROM %s t)'
                        ' WHERE name = %L::regclass', subject.name, subject.name);
    END LOOP;
END $$;

CREATE FUNCTION probe.become (viewer probe.viewer, role text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config ('app.org', viewer.org, true),
            set_config ('app.account', viewer.account, true),
            set_config ('app.roles', viewer.roles::text, true),
            set_config ('role', role, true);
END $$;

CREATE FUNCTION probe.seen (viewer probe.viewer, subject probe.subject) RETURNS text
    LANGUAGE plpgsql AS $$
DECLARE
    what text;
BEGIN
    PERFORM probe.become (viewer, subject.role);
    EXECUTE format ('SELECT count (*) || '' '' || coalesce (md5 (string_agg (t::text, ''|'''
                    ' ORDER BY t::text)), '''') FROM %s t', subject.name) INTO what;
    RAISE SQLSTATE 'P0777' USING MESSAGE = what;
EXCEPTION
    WHEN SQLSTATE 'P0777' THEN RETURN SQLERRM;
    WHEN insufficient_privilege THEN RETURN 'refused';
END $$;

CREATE FUNCTION probe.changed (viewer probe.viewer, subject probe.subject) RETURNS text
    LANGUAGE plpgsql AS $$
DECLARE
    many bigint;
BEGIN
    PERFORM probe.become (viewer, subject.role);
    EXECUTE format ('UPDATE %s SET %s', subject.name, subject.change);
    GET DIAGNOSTICS many = ROW_COUNT;
    RAISE SQLSTATE 'P0777' USING MESSAGE = many;
EXCEPTION
    WHEN SQLSTATE 'P0777' THEN RETURN SQLERRM;
    WHEN insufficient_privilege THEN RETURN 'refused';
END $$;

-- Where the service may.
CREATE FUNCTION probe.removed (viewer probe.viewer, subject probe.subject) RETURNS text
    LANGUAGE plpgsql AS $$
DECLARE
    many bigint;
BEGIN
    PERFORM probe.become (viewer, subject.role);
    EXECUTE format ('DELETE FROM %s', subject.name);
    GET DIAGNOSTICS many = ROW_COUNT;
    RAISE SQLSTATE 'P0777' USING MESSAGE = many;
EXCEPTION
    WHEN SQLSTATE 'P0777' THEN RETURN SQLERRM;
    WHEN insufficient_privilege THEN RETURN 'refused';
    WHEN foreign_key_violation THEN RETURN 'needed';
END $$;

-- Tries to add a row that is there already: what the policies let through, the keys stop.
CREATE FUNCTION probe.may_add (viewer probe.viewer, subject probe.subject, one jsonb)
    RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM probe.become (viewer, subject.role);
    EXECUTE format ('INSERT INTO %1$s (%2$s) SELECT %2$s'
                    ' FROM jsonb_populate_record (NULL::%1$s, $1)',
                    subject.name, subject.columns) USING one;
    RAISE EXCEPTION '% took the same row twice', subject.name;
EXCEPTION
    WHEN unique_violation THEN RETURN true;
    WHEN insufficient_privilege THEN RETURN false;
    WHEN foreign_key_violation THEN RETURN false; -- a trigger found that it belongs to what they do not see
END $$;

-- With a table: only what its policies, and policies that ask it, can decide on.
CREATE FUNCTION probe.verdict (about regclass DEFAULT NULL) RETURNS SETOF text
    LANGUAGE plpgsql AS $$
DECLARE
    viewer  probe.viewer;
    subject probe.subject;
    one     jsonb;
    added   integer;
BEGIN
    FOR viewer IN SELECT * FROM probe.viewer ORDER BY name LOOP
        FOR subject IN
            SELECT * FROM probe.subject s
             WHERE about IS NULL OR s.name = about OR EXISTS (
                SELECT FROM pg_policy p JOIN pg_depend d ON d.objid = p.oid
                 WHERE p.polrelid = s.name AND d.classid = 'pg_policy'::regclass
                   AND d.refclassid = 'pg_class'::regclass AND d.refobjid = about)
             ORDER BY s.name::text
        LOOP
            RETURN NEXT concat_ws (' ', viewer.name, subject.name, 'sees',
                                   probe.seen (viewer, subject));
            IF subject.change IS NOT NULL THEN
                RETURN NEXT concat_ws (' ', viewer.name, subject.name, 'changes',
                                       probe.changed (viewer, subject));
            END IF;
            IF has_table_privilege (subject.role, subject.name, 'DELETE') THEN
                RETURN NEXT concat_ws (' ', viewer.name, subject.name, 'removes',
                                       probe.removed (viewer, subject));
            END IF;
            added := 0;
            FOREACH one IN ARRAY subject.rows LOOP
                added := added + probe.may_add (viewer, subject, one)::integer;
            END LOOP;
            RETURN NEXT concat_ws (' ', viewer.name, subject.name, 'adds', added);
        END LOOP;
    END LOOP;
    RETURN NEXT (SELECT concat_ws (' ', 'anybody', 'takes', sum (pipeline.meeting_taken ((held ->> 'id')::uuid)))
                 FROM probe.subject s, unnest (s.rows) held WHERE s.name = 'pipeline.meeting'::regclass);
    RETURN NEXT (SELECT concat_ws (' ', 'anybody', 'promises', sum (pipeline.mentor_promised ((held ->> 'id')::uuid)))
                 FROM probe.subject s, unnest (s.rows) held WHERE s.name = 'pipeline.mentor'::regclass);
    RETURN NEXT (SELECT concat_ws (' ', 'anybody', 'employs', sum (pipeline.jobs_of ((held ->> 'id')::uuid)))
                 FROM probe.subject s, unnest (s.rows) held WHERE s.name = 'pipeline.initiative'::regclass);
    SET LOCAL ROLE mw_pipeline;
    RETURN NEXT (SELECT concat_ws (' ', 'anybody', 'counts', string_agg (r::text, ' ' ORDER BY number)) FROM pipeline.round,
                 pipeline.round_count (id) AS r);
    -- Whose triggers keep sums and stocks.
    SET LOCAL ROLE mw_owner;
    RETURN NEXT (SELECT concat_ws (' ', 'triggers', 'keep', count (*)) FROM pipeline.ordered_sum);
    RETURN NEXT (SELECT concat_ws (' ', 'barring', 'reads', (SELECT count (*) FROM pipeline.juror), (SELECT count (*) FROM pipeline.conflict)));
    RETURN NEXT (SELECT concat_ws (' ', 'signing', 'reads', (SELECT count (*) FROM pipeline.selection),
        (SELECT count (*) FROM pipeline.selection_present), (SELECT count (*) FROM pipeline.judgement)));
    RETURN NEXT (SELECT concat_ws (' ', 'dossiers', 'follow', count (*)) FROM (SELECT FROM pipeline.dossier FOR UPDATE) d);
    RETURN NEXT (SELECT concat_ws (' ', 'triggers', 'take', count (*)) FROM (SELECT FROM pipeline.stock FOR UPDATE) s);
    RETURN NEXT (SELECT concat_ws (' ', 'triggers', 'weigh', (SELECT count (*) FROM pipeline.agreement), (SELECT count (*) FROM pipeline.pledge)));
    RESET ROLE;
END $$;
