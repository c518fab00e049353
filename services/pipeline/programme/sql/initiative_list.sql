-- Initiatives as far as the caller may see them, by score and then title.
WITH counts AS MATERIALIZED (
    SELECT r.id AS round_id,
    n.* FROM pipeline.round r CROSS JOIN LATERAL pipeline.round_count (r.id) n
     WHERE :round_id::uuid IS NULL OR r.id = :round_id::uuid
), found AS (
    SELECT i.*, coalesce (-i.score, 1) AS rank
      FROM pipeline.initiative i
     WHERE (:round_id::uuid IS NULL OR i.round_id = :round_id::uuid)
       AND (:state::text IS NULL OR i.state = :state)
       AND (:mine::boolean IS NOT TRUE OR i.applicant_id = app.org ())
)
SELECT i.id, i.round_id, i.applicant_id, a.name AS applicant_name, i.manager_id, i.title,
i.summary, i.plan,
       i.municipality, (SELECT m.name FROM app.municipality m WHERE m.code = i.municipality) AS municipality_name, i.goals,
       i.target_groups, i.ask_cents, i.financed_cents, i.score, i.jobs, i.evidence, i.drop_reason,
       i.fictional, r.state AS round_state, r.closes_at,
       r.present_quota - n.presented AS places_to_present,
       r.select_max - n.selected AS places_to_select, i.state, i.version, i.created_at,
       i.id::text AS cursor, (SELECT count (*) FROM found) AS total
  FROM found i
  JOIN pipeline.round r ON r.id = i.round_id
  JOIN counts n ON n.round_id = i.round_id
  LEFT JOIN pipeline.known_organisation a ON a.id = i.applicant_id
 WHERE :call_cursor::text IS NULL
    OR (i.rank, lower (i.title), i.id)
       > (SELECT c.rank, lower (c.title), c.id FROM found c
           WHERE c.id = pipeline.cursor_id (:call_cursor))
 ORDER BY i.rank, lower (i.title), i.id
 LIMIT :call_rows::int
