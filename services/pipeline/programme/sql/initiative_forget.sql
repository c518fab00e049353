-- Takes out who applied and all that was written; gives back what is left.
SELECT i.id, i.round_id, i.manager_id, i.title, i.summary, i.municipality, m.name AS municipality_name, i.goals, i.target_groups, i.ask_cents, i.min_viable_cents, i.stage,
       i.submitted_at, i.criterion, i.fictional, i.erased_at, i.state, i.version, i.created_at
FROM pipeline.erase (:id::uuid, :call_now::timestamptz) i
LEFT JOIN app.municipality m ON m.code = i.municipality
