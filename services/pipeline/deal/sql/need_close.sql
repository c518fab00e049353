-- From now on nobody quotes; or, where the platform was away before the deadline, everybody has more time and it says why.
UPDATE pipeline.need n
SET closed_at = CASE WHEN :call_state::text <> 'open' THEN :call_now::timestamptz END,
    quote_deadline = coalesce (e.until, n.quote_deadline),
    extended_for = CASE WHEN e.until IS NULL THEN n.extended_for ELSE :call_now::timestamptz END,
    revision = n.revision + (e.until IS NOT NULL)::int,
    amendments = CASE WHEN e.until IS NULL THEN n.amendments ELSE coalesce (n.amendments, '[]') || jsonb_build_object (
        'revision', n.revision + 1, 'amended_at', :call_now::timestamptz, 'major', true,
        'summary', 'De site was kort voor de termijn niet bereikbaar. Daarom is er voor iedereen meer tijd.') END
FROM (SELECT m.id, CASE WHEN :call_state::text = 'open'
                        THEN pipeline.extended_deadline (m.quote_deadline, m.extended_for) END AS until
      FROM pipeline.need m WHERE m.id = :call_target::uuid) e
WHERE n.id = e.id
RETURNING n.id
