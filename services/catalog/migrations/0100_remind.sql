-- A word some time before a mark ends or an enterprise is looked at again; for which end it was said, so that it is said once.
INSERT INTO catalog.term (name, since, lasts) VALUES ('recheck_word', '2023-01-01', '60 days');
ALTER TABLE catalog.organisation ADD COLUMN reminded_for timestamptz;

-- The beginning of the day so long before the last day that is good; NULL: it was told, or was so near already when a
-- moderator looked that it needs no word.
CREATE FUNCTION catalog.remind_at (o catalog.organisation) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT at FROM (SELECT ((o.due_at AT TIME ZONE 'Europe/Amsterdam')::date - 1 - catalog.term_of ('recheck_word', o.due_at))
                           AT TIME ZONE 'Europe/Amsterdam' AS at) AS word
     WHERE o.reminded_for IS DISTINCT FROM o.due_at AND at > coalesce (o.decided_at, o.created_at)
$$;

-- Who was admitted before is told as well.
ALTER TABLE catalog.organisation NO FORCE ROW LEVEL SECURITY;
INSERT INTO catalog.timer (noun, thing_id, command, org, due_at, try_at)
SELECT 'organisation', o.id, 'remind', o.id, catalog.remind_at (o), catalog.remind_at (o)
FROM catalog.organisation o WHERE o.state IN ('admitted', 'provisional') AND catalog.remind_at (o) IS NOT NULL;
ALTER TABLE catalog.organisation FORCE ROW LEVEL SECURITY;
