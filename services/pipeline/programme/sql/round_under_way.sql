-- What keeps a round from being concluded: the first ten, by how their names begin.
SELECT i.id, left (i.title, 28) FROM pipeline.initiative i
WHERE i.round_id = :id::uuid AND i.state IN ('selected', 'waitlisted', 'in_programme', 'paused', 'table_ready', 'at_table')
ORDER BY i.title, i.id
LIMIT 10
