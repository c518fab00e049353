-- A document that is left out of a dossier is for who runs the round alone, also for who knows the hash of its copy.
CREATE VIEW pipeline.dossier_keeper WITH (security_invoker = true) AS
SELECT d.id FROM pipeline.dossier d WHERE d.manager_id = app.org ();
GRANT SELECT ON pipeline.dossier_keeper TO mw_pipeline;

-- Two documents may have the same copy: then it is as open as the most open of both, which comes first by name.
CREATE FUNCTION pipeline.dossier_leaves_out () RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE blob.clean c
    SET insiders = CASE WHEN NEW.redactions ? ('documents.' || c.no) THEN 'pipeline.dossier_keeper' ELSE 'pipeline.dossier_insider' END
    WHERE c.holder = 'pipeline.dossier' AND c.record_id = NEW.id;
    UPDATE blob.reference r
    SET insiders = coalesce ((SELECT min (c.insiders) FROM blob.clean c JOIN blob.file f ON f.hash = c.file
                              WHERE c.holder = 'pipeline.dossier' AND c.record_id = NEW.id AND f.id = r.file_id), r.insiders)
    WHERE r.holder = 'pipeline.dossier' AND r.part = 'clean' AND r.record_id = NEW.id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION pipeline.dossier_leaves_out () FROM PUBLIC;
CREATE TRIGGER dossier_leaves_out AFTER UPDATE OF redactions ON pipeline.dossier
    FOR EACH ROW WHEN (NEW.redactions IS DISTINCT FROM OLD.redactions) EXECUTE FUNCTION pipeline.dossier_leaves_out ();

-- What was left out before. The owner of the tables says so to itself here, of every dossier.
ALTER TABLE pipeline.dossier NO FORCE ROW LEVEL SECURITY;
UPDATE blob.clean c SET insiders = 'pipeline.dossier_keeper'
FROM pipeline.dossier d WHERE c.holder = 'pipeline.dossier' AND d.id = c.record_id AND d.redactions ? ('documents.' || c.no);
ALTER TABLE pipeline.dossier FORCE ROW LEVEL SECURITY;
ALTER TABLE blob.file NO FORCE ROW LEVEL SECURITY;
UPDATE blob.reference r
SET insiders = coalesce ((SELECT min (c.insiders) FROM blob.clean c JOIN blob.file f ON f.hash = c.file
                          WHERE c.holder = r.holder AND c.record_id = r.record_id AND f.id = r.file_id), r.insiders)
WHERE r.holder = 'pipeline.dossier' AND r.part = 'clean';
ALTER TABLE blob.file FORCE ROW LEVEL SECURITY;
