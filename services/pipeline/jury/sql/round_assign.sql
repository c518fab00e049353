-- Every initiative that is presented with every juror who may read it: what is wanted more, what they have, and whether it can be.
SELECT d.initiative_id, d.id AS dossier_id, d.number, d.title, j.id AS juror_id,
       greatest (:reviews::bigint - (SELECT count (*) FROM pipeline.judgement x WHERE x.dossier_id = d.id AND x.state <> 'recused'
                                     AND NOT pipeline.is_barred (x.juror_id, d.initiative_id)), 0) AS wanted,
       (SELECT count (*) FROM pipeline.judgement x WHERE x.juror_id = j.id AND x.state <> 'recused') AS load,
       EXISTS (SELECT FROM pipeline.judgement x WHERE x.juror_id = j.id AND x.dossier_id = d.id)
           OR pipeline.is_barred (j.id, d.initiative_id) AS never,
       (SELECT b.wish FROM pipeline.bid b WHERE b.juror_id = j.id AND b.dossier_id = d.id) AS wish,
       o.name AS organisation_name
FROM pipeline.round r
JOIN pipeline.dossier d ON d.round_id = r.id AND d.state = 'shown'
LEFT JOIN (pipeline.juror j LEFT JOIN pipeline.known_organisation o ON o.id = j.organisation_id)
    ON j.round_id = r.id AND j.state = 'active' AND j.declared_at IS NOT NULL
WHERE r.id = :id::uuid AND r.manager_id = app.org () AND r.state = 'scoring'
ORDER BY d.number, d.id, j.id
