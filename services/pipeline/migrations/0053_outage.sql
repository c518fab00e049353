-- When the platform was away, and what that does to a deadline (deploy/decisions/0022-rules-by-date.md).
-- tolerates older builds

-- That somebody is there: the runtime says so every few seconds (common/timer.c).
CREATE TABLE pipeline.pulse (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    beat_at timestamptz NOT NULL
);
-- From the last sign of life until the first one after it.
CREATE TABLE pipeline.outage (
    began_at timestamptz PRIMARY KEY,
    ended_at timestamptz NOT NULL CHECK (ended_at > began_at)
);

-- Who was away for so many minutes of the last ones before a deadline moves it for all. The law has no number; a lawyer has to
-- confirm.
CREATE TABLE pipeline.outage_rule (
    valid_from     date PRIMARY KEY,
    within_minutes bigint NOT NULL CHECK (within_minutes > 0),
    least_minutes  bigint NOT NULL CHECK (least_minutes > 0),
    extend_minutes bigint NOT NULL CHECK (extend_minutes > 0),
    source         text NOT NULL
);
INSERT INTO pipeline.outage_rule VALUES
    ('2026-11-29', 60, 5, 60, 'Besluit 22 van het platform, in de geest van artikel 2.109a Aanbestedingswet 2012');

ALTER TABLE pipeline.need ADD COLUMN extended_for timestamptz; -- the end of the last outage that moved its deadline

-- To when a deadline moves, on a whole minute; nothing where the platform was there. What moved it before does not count again.
CREATE FUNCTION pipeline.extended_deadline (deadline timestamptz, moved_for timestamptz)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
    WITH rule AS (
        SELECT deadline - r.within_minutes * interval '1 minute' AS begins, r.least_minutes * interval '1 minute' AS least,
               r.extend_minutes * interval '1 minute' AS extends
        FROM pipeline.outage_rule r
        WHERE r.valid_from <= pipeline.dutch_day (deadline)
        ORDER BY r.valid_from DESC LIMIT 1
    )
    SELECT date_trunc ('minute', greatest (deadline, max (o.ended_at)) + extends + interval '59.999999 seconds')
    FROM rule JOIN pipeline.outage o ON o.began_at < deadline AND o.ended_at > begins
        AND o.ended_at > coalesce (moved_for, '-infinity')
    GROUP BY extends, least
    HAVING sum (least (o.ended_at, deadline) - greatest (o.began_at, begins)) >= least
$$;

GRANT SELECT, INSERT, UPDATE ON pipeline.pulse TO mw_pipeline;
GRANT SELECT, INSERT ON pipeline.outage TO mw_pipeline;
GRANT SELECT ON pipeline.outage_rule TO mw_pipeline;
