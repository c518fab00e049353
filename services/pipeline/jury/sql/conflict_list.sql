-- Who may not judge what in a round that the caller's organisation runs.
SELECT b.juror_id, b.initiative_id, o.name AS organisation_name, i.title, b.grounds, c.kind, c.note
FROM pipeline.bars (:id::uuid) b
JOIN pipeline.juror j ON j.id = b.juror_id
JOIN pipeline.initiative i ON i.id = b.initiative_id
LEFT JOIN pipeline.known_organisation o ON o.id = j.organisation_id
LEFT JOIN pipeline.conflict c ON c.account_id = j.account_id AND c.initiative_id = b.initiative_id
ORDER BY o.name, b.juror_id, i.title, b.initiative_id
LIMIT :call_rows::int
