-- One dossier.
SELECT r.* FROM pipeline.dossier_record r WHERE r.id = :id::uuid
