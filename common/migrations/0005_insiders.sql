-- What is confidential is shown by its view of insiders alone. So a table that lets the owner see more (for its counts) can have files,
-- where all of them are confidential and the view itself says whom it is for, not the policies of the table.
-- tolerates older builds

CREATE OR REPLACE FUNCTION blob.is_shown (wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    place record;
    shown boolean;
BEGIN
    FOR place IN
        SELECT CASE WHEN r.confidential THEN r.insiders ELSE r.holder END AS table_name, r.record_id
        FROM blob.reference r
        WHERE r.file_id = wanted
          AND CASE WHEN r.confidential THEN r.insiders IS NOT NULL
              ELSE NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = r.holder::regclass
                                 AND 'mw_owner'::regrole::oid = ANY (p.polroles)) END
    LOOP
        EXECUTE format ('SELECT EXISTS (SELECT FROM %s WHERE id = $1)', place.table_name)
            INTO shown USING place.record_id;
        IF shown THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;

-- As before (0004), but a reference that stays is never gone for a moment: who edits a record may keep a file that they read by that very
-- reference only.
CREATE OR REPLACE FUNCTION blob.embeds () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    place constant text := format ('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME);
    content jsonb;
    kept uuid [];
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM blob.reference
        WHERE holder = place AND part = TG_ARGV [0] AND record_id = OLD.id;
        RETURN OLD;
    END IF;
    EXECUTE format ('SELECT ($1).%I', TG_ARGV [0]) INTO content USING NEW;
    IF jsonb_typeof (content) = 'array' THEN
        SELECT jsonb_agg (blob.known (d) ORDER BY no) INTO content
        FROM jsonb_array_elements (content) WITH ORDINALITY AS list (d, no);
        content := coalesce (content, '[]');
        NEW := jsonb_populate_record (NEW, jsonb_build_object (TG_ARGV [0], content));
    END IF;
    WITH embedded AS (
        INSERT INTO blob.reference AS r (holder, part, record_id, file_id, confidential, insiders)
        SELECT DISTINCT ON (f.id) place, TG_ARGV [0], NEW.id, f.id,
               coalesce ((d ->> 'confidential')::boolean, false), TG_ARGV [1]
        FROM jsonb_path_query (content, 'strict $.** ? (exists (@.file))') AS d
        CROSS JOIN LATERAL (SELECT id FROM blob.file WHERE hash = blob.known (d) ->> 'file'
                            ORDER BY owner_id IS NOT DISTINCT FROM app.org () DESC, id LIMIT 1) AS f
        ORDER BY f.id, 5 -- the same file twice in a record is as public as the most public of both
        ON CONFLICT (holder, part, record_id, file_id)
            DO UPDATE SET confidential = excluded.confidential, insiders = excluded.insiders
        RETURNING r.file_id
    )
    SELECT array_agg (file_id) INTO kept FROM embedded;
    DELETE FROM blob.reference
    WHERE holder = place AND part = TG_ARGV [0] AND record_id = NEW.id AND TG_OP = 'UPDATE'
      AND file_id <> ALL (coalesce (kept, '{}'));
    RETURN NEW;
END $$;
