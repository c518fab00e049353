-- A sign of life. Who was not awake until now says since when nobody was: a gap of a minute or more is an outage. A clock that
-- somebody sets is none, as whoever is at work counts on by another one.
WITH before AS (
    SELECT beat_at FROM pipeline.pulse
), away AS (
    INSERT INTO pipeline.outage (began_at, ended_at)
    SELECT beat_at, clock_timestamp () FROM before
    WHERE NOT :timer_awake::boolean AND beat_at < clock_timestamp () - interval '1 minute'
    ON CONFLICT DO NOTHING
)
INSERT INTO pipeline.pulse (beat_at) VALUES (clock_timestamp ())
ON CONFLICT (one) DO UPDATE SET beat_at = excluded.beat_at
