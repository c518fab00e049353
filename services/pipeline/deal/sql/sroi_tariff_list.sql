-- Tariffs, newest first.
SELECT t.*, o.name AS municipality_name, t.id::text AS cursor
FROM pipeline.sroi_tariff t LEFT JOIN pipeline.known_organisation o ON o.id = t.municipality_id
WHERE :call_cursor::text IS NULL OR t.id < pipeline.cursor_id (:call_cursor::text)
ORDER BY t.id DESC
LIMIT :call_rows::int
