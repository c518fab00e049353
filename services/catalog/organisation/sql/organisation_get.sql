-- One organisation, as far as the caller may see it, with what its guards ask.
SELECT r.id, r.name, r.kind, r.kvk_number, r.legal_form, r.municipality, r.municipality_name, r.mission, o.story, r.website,
       r.goals, r.target_groups, r.staff, r.staff_target_group, r.label_claims, r.labels, r.fictional, r.closed_from,
       r.closed_until, r.at_capacity, r.kvk_check, r.kvk_name, r.criterion, r.decision, r.decided_at, r.due_at,
       r.takes_part, r.tied, r.settled, r.suspended_by_caller, r.suspension_confirmed, r.suspended_from, o.street,
       o.house_number, o.postcode, o.city, o.country, o.vat_number, o.oin, o.iban, o.payment_days,
       catalog.remind_at (o) AS remind_at, o.prompted_at,
       o.prompted_at + catalog.term_of ('prompt', now ()) AS prompt_from, o.merged_into, r.state, r.version,
       r.created_at
  FROM catalog.organisation_record r
  JOIN catalog.organisation o USING (id)
 WHERE r.id = ANY (:call_targets::uuid[])
