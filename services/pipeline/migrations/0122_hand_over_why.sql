-- Why the last try to hand a document over failed.
-- tolerates older builds
ALTER TABLE pipeline.hand_over ADD COLUMN why text;

-- How a document also leaves the platform, as its two parties may see it.
CREATE FUNCTION pipeline.hand_overs (document uuid) RETURNS json LANGUAGE sql STABLE
RETURN (SELECT json_agg (json_strip_nulls (json_build_object (
            'way', h.way, 'tries', h.tries, 'why', CASE WHEN h.ended IS DISTINCT FROM 'sent' THEN h.why END,
            'state', coalesce (h.ended, CASE WHEN h.tries > 0 THEN 'failing' ELSE 'waiting' END),
            'ended_at', h.ended_at, 'next_at', CASE WHEN h.ended IS NULL THEN h.try_at END)) ORDER BY h.way)
        FROM pipeline.hand_over h WHERE h.document_id = hand_overs.document);
