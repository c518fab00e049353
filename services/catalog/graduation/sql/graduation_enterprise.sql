-- The enterprise that an initiative of the caller's goes on as, with what is known of it filled in; with an id where its applicant is one
-- already.
SELECT CASE WHEN o.kind = 'enterprise' THEN o.id END AS id, coalesce (:name::text, c.title) AS name, 'enterprise' AS kind,
       :kvk_number::text AS kvk_number, :legal_form::text AS legal_form, i.municipality, c.summary AS mission, i.goals, i.target_groups,
       o.street, o.house_number, o.postcode, o.city, o.country, i.fictional
FROM catalog.known_initiative i
JOIN stream.caption c ON c.id = i.id
JOIN catalog.organisation o ON o.id = i.applicant_id
WHERE i.id = :initiative_id::uuid AND i.applicant_id = :call_org::uuid
