-- One purchasing policy, as far as the caller may see it.
SELECT p.*, o.name AS organisation_name, p.valid_from >= pipeline.dutch_day (:call_now::timestamptz) AS is_ahead
FROM pipeline.purchase_policy p LEFT JOIN pipeline.known_organisation o ON o.id = p.organisation_id
WHERE p.id = ANY (:call_targets::uuid[])
