-- Other texts in the place of a dossier's, until the jury scores.
UPDATE pipeline.dossier d
SET redactions = (SELECT coalesce (jsonb_object_agg (e.field, e.text), '{}') FROM jsonb_to_recordset (:redactions::jsonb) AS e (field text, text text)),
    version = d.version + 1
FROM pipeline.round r
WHERE d.id = :id::uuid AND d.manager_id = app.org () AND r.id = d.round_id AND r.state IN ('screening', 'presenting')
RETURNING d.id
