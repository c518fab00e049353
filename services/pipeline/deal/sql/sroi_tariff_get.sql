-- One tariff.
SELECT t.*, o.name AS municipality_name
FROM pipeline.sroi_tariff t LEFT JOIN pipeline.known_organisation o ON o.id = t.municipality_id
WHERE t.id = ANY (:call_targets::uuid[])
