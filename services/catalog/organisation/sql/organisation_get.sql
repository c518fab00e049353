-- One organisation, as far as the caller may see it.
SELECT o.id, o.name, o.kind, o.kvk_number, o.municipality,
       (SELECT m.name FROM app.municipality m WHERE m.code = o.municipality) AS municipality_name, o.mission, o.website, o.goals,
       o.target_groups, o.staff, o.staff_target_group, o.labels,
       o.street, o.house_number, o.postcode, o.city, o.country, o.vat_number, o.oin, o.iban,
       o.payment_days, o.fictional, o.state, o.version,
       o.created_at
  FROM catalog.organisation o
 WHERE o.id = ANY (:call_targets::uuid[])
