-- The tariff of the municipality that held when the tender was published.
SELECT t.id FROM pipeline.sroi_tariff t
WHERE t.municipality_id = :municipality_id::uuid AND t.state = 'adopted' AND t.valid_from <= :published_on::date
ORDER BY t.valid_from DESC LIMIT 1
