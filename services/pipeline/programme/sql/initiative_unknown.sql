-- Of the organisations that would apply together with the caller, the places of those that cannot.
SELECT c.place - 1 AS place
FROM jsonb_array_elements (:co_applicants::jsonb) WITH ORDINALITY c (value, place)
LEFT JOIN pipeline.known_organisation k ON k.id = (c.value ->> 'organisation_id')::uuid AND k.state IN ('admitted', 'provisional', 'recheck_due')
WHERE k.id IS NULL OR k.id = app.org ()
ORDER BY 1
