-- The stream: what services leave in the outbox, and the one log that it becomes
-- (proto/EVENTS.md).

CREATE SCHEMA stream;
GRANT USAGE ON SCHEMA stream TO mw_catalog, mw_pipeline, mw_reporting, mw_gateway, mw_relay;

-- The log. hash = SHA-256 (hash before || seq, 8 bytes big-endian || body); it starts from 32
-- zeros.
CREATE TABLE stream.log (
    seq      bigint PRIMARY KEY CHECK (seq > 0),
    event_id uuid NOT NULL UNIQUE,
    type     text NOT NULL,
    subject  text NOT NULL,
    ver      bigint NOT NULL,
    occurred timestamptz NOT NULL,
    recorded timestamptz NOT NULL DEFAULT clock_timestamp (),
    body     bytea NOT NULL,
    hash     bytea NOT NULL,
    UNIQUE (subject, ver)
);

-- Who may read which event, and what of it: frozen when it was recorded. The newest tseq of a
-- name is its head, so no second table has to agree with this one.
CREATE TABLE stream.audience (
    name text NOT NULL,
    tseq bigint NOT NULL CHECK (tseq > 0),
    seq  bigint NOT NULL, -- of the log; drain () writes both
    view bytea NOT NULL,
    PRIMARY KEY (name, tseq)
);
CREATE INDEX audience_seq ON stream.audience (seq);

-- Where the log ends. `epoch` changes only when numbers may have been given twice: after a
-- restore from a backup. `term` counts the relays that led.
CREATE TABLE stream.head (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch uuid NOT NULL DEFAULT gen_random_uuid (),
    term  bigint NOT NULL DEFAULT 0,
    seq   bigint NOT NULL DEFAULT 0,
    hash  bytea NOT NULL DEFAULT decode (repeat ('00', 32), 'hex')
);
INSERT INTO stream.head DEFAULT VALUES;

-- Filled in the business transaction, after its rows are locked: so ids follow the order of the
-- locks, and an effect never comes before its cause. Emptied by the relay; vacuum must keep up
-- with that.
CREATE TABLE stream.outbox (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id  uuid NOT NULL UNIQUE,
    type      text NOT NULL,
    subject   text NOT NULL,
    ver       bigint NOT NULL,
    occurred  timestamptz NOT NULL,
    body      bytea NOT NULL,
    audiences text[] NOT NULL,
    views     bytea[] NOT NULL,
    UNIQUE (subject, ver),
    CHECK (cardinality (audiences) = cardinality (views))
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Two events with one number of one subject are a mistake of the service. It is told here, in its
-- own transaction; the relay would meet it too late, and everybody would wait.
CREATE FUNCTION stream.outbox_is_new () RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF EXISTS (SELECT FROM stream.log WHERE subject = NEW.subject AND ver = NEW.ver) THEN
        RAISE unique_violation
            USING MESSAGE = format ('%s has an event %s already', NEW.subject, NEW.ver);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER outbox_is_new AFTER INSERT ON stream.outbox
    FOR EACH ROW EXECUTE FUNCTION stream.outbox_is_new ();

CREATE FUNCTION stream.refuse () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'what is in the log stays as it is';
END $$;
CREATE TRIGGER log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON stream.log
    EXECUTE FUNCTION stream.refuse ();
CREATE TRIGGER audience_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON stream.audience
    EXECUTE FUNCTION stream.refuse ();

-- Takes the lead: from here on the relay that led before drains nothing, even if it wakes up
-- later.
CREATE FUNCTION stream.lead () RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE stream.head SET term = term + 1 RETURNING term;
$$;

-- Moves at most `most` events from the outbox to the log, in order; how many, or -1 when another
-- relay leads. The statements are separate on purpose: each sees what was committed before the
-- lock was taken. No horizon is needed, because what commits later simply gets a later number.
-- Rows are deleted by ctid without sequential scans: by id, the planner reads all that vacuum did
-- not remove yet. Forbidding those makes the estimates huge, and they would call for a compiler
-- (jit) at every row. Only the chain of hashes goes from event to event; the rows go in together.
CREATE FUNCTION stream.drain (my_term bigint, most integer) RETURNS integer LANGUAGE plpgsql
    SECURITY DEFINER SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    at     stream.head;
    events stream.outbox [];
    event  stream.outbox;
    hashes bytea [];
BEGIN
    SELECT * INTO STRICT at FROM stream.head FOR UPDATE;
    IF at.term <> my_term THEN
        RETURN -1;
    END IF;
    WITH taken AS (
        DELETE FROM stream.outbox
        WHERE ctid = ANY (ARRAY (SELECT ctid FROM stream.outbox ORDER BY id LIMIT most))
        RETURNING *
    )
    SELECT array_agg (taken::stream.outbox ORDER BY id) INTO events FROM taken;
    IF events IS NULL THEN
        RETURN 0;
    END IF;
    FOREACH event IN ARRAY events LOOP
        at.seq := at.seq + 1;
        at.hash := sha256 (at.hash || int8send (at.seq) || event.body);
        hashes := hashes || at.hash;
    END LOOP;
    at.seq := at.seq - cardinality (events);
    INSERT INTO stream.log (seq, event_id, type, subject, ver, occurred, body, hash)
        SELECT at.seq + e.no, e.event_id, e.type, e.subject, e.ver, e.occurred, e.body,
               hashes [e.no]
        FROM unnest (events) WITH ORDINALITY AS e
            (id, event_id, type, subject, ver, occurred, body, audiences, views, no);
    INSERT INTO stream.audience (name, tseq, seq, view)
        SELECT v.name, h.tseq + row_number () OVER (PARTITION BY v.name ORDER BY e.no),
               at.seq + e.no, v.view
        FROM unnest (events) WITH ORDINALITY AS e
            (id, event_id, type, subject, ver, occurred, body, audiences, views, no)
        CROSS JOIN LATERAL unnest (e.audiences, e.views) AS v (name, view)
        CROSS JOIN LATERAL stream.audience_head (v.name) AS h (tseq);
    UPDATE stream.head SET seq = at.seq + cardinality (events), hash = at.hash;
    RETURN cardinality (events);
END $$;

-- The number of the newest event of an audience; `all` is the log itself. In plpgsql, which keeps
-- its plans: it is asked for each audience of each event.
CREATE FUNCTION stream.audience_head (wanted text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF wanted = 'all' THEN
        RETURN (SELECT seq FROM stream.head);
    END IF;
    RETURN coalesce ((SELECT tseq FROM stream.audience WHERE name = wanted
                      ORDER BY tseq DESC LIMIT 1), 0);
END $$;

REVOKE ALL ON FUNCTION stream.lead (), stream.drain (bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stream.lead (), stream.drain (bigint, integer) TO mw_relay;
GRANT SELECT ON stream.log, stream.audience, stream.head TO mw_relay;
GRANT INSERT ON stream.outbox TO mw_catalog, mw_pipeline, mw_reporting, mw_gateway;
