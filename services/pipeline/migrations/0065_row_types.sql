-- PostgreSQL 15.20 adds no column with a default to a table whose rows a function takes that it has parsed; as a text it may. What
-- such a function says is the same.
CREATE OR REPLACE FUNCTION pipeline.credited_cents (v pipeline.invoice) RETURNS bigint
LANGUAGE sql STABLE
AS $$ SELECT coalesce ((to_jsonb (v) ->> 'credited_cents')::bigint, 0) $$;

CREATE OR REPLACE FUNCTION pipeline.standing_units (l pipeline.order_line) RETURNS bigint LANGUAGE sql IMMUTABLE
AS $$ SELECT greatest (0, l.accepted - greatest (l.returned, l.credited)) $$;
