-- Files: their bytes, and which records embed them. Bytes come in and go out by the gateway only; a
-- service embeds a file by its hash. Who may read a record may read its files: that is asked of the
-- record's own policies, so it is written nowhere twice (deploy/decisions/0029-files.md).
-- tolerates older builds

CREATE SCHEMA blob;
GRANT USAGE ON SCHEMA blob TO mw_gateway;

-- What an organisation sent, once however often it was sent. Its bytes lie in chunks of one size.
CREATE TABLE blob.file (
    id         uuid PRIMARY KEY,
    owner_id   uuid NOT NULL,
    hash       text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    name       text NOT NULL,
    media_type text NOT NULL,
    size       bigint NOT NULL CHECK (size > 0),
    created_at timestamptz NOT NULL,
    CONSTRAINT file_once UNIQUE (owner_id, hash)
);
CREATE INDEX file_by_hash ON blob.file (hash);
CREATE INDEX file_by_age ON blob.file (created_at);

CREATE TABLE blob.chunk (
    file_id uuid NOT NULL REFERENCES blob.file ON DELETE CASCADE,
    no      bigint NOT NULL,
    bytes   bytea NOT NULL,
    PRIMARY KEY (file_id, no)
);
ALTER TABLE blob.chunk ALTER bytes SET STORAGE EXTERNAL; -- photos and documents are compressed already

-- A record that embeds a file. `insiders` is a view of the ids of records of which the caller may read
-- what is confidential; NULL: only whose file it is.
CREATE TABLE blob.reference ( -- no service has any right here, only the functions below
    holder       text NOT NULL, -- its table
    part         text NOT NULL, -- its column
    record_id    uuid NOT NULL,
    file_id      uuid NOT NULL REFERENCES blob.file,
    confidential boolean NOT NULL,
    insiders     text,
    PRIMARY KEY (holder, part, record_id, file_id)
);
CREATE INDEX reference_by_file ON blob.reference (file_id);

-- Is a record shown to the caller that embeds the file? This runs as the owner of all tables, whom forced
-- row-level security binds like everybody; a table that lets the owner see more shows no files.
CREATE FUNCTION blob.is_shown (wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    place record;
    shown boolean;
BEGIN
    FOR place IN
        SELECT CASE WHEN r.confidential THEN r.insiders ELSE r.holder END AS table_name, r.record_id
        FROM blob.reference r
        WHERE r.file_id = wanted AND (NOT r.confidential OR r.insiders IS NOT NULL)
          AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = r.holder::regclass
                            AND 'mw_owner'::regrole::oid = ANY (p.polroles))
    LOOP
        EXECUTE format ('SELECT EXISTS (SELECT FROM %s WHERE id = $1)', place.table_name)
            INTO shown USING place.record_id;
        IF shown THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;

ALTER TABLE blob.file ENABLE ROW LEVEL SECURITY;
ALTER TABLE blob.file FORCE ROW LEVEL SECURITY;
CREATE POLICY file_owner ON blob.file
    USING (owner_id = app.org ()) WITH CHECK (owner_id = app.org ());
CREATE POLICY file_shown ON blob.file FOR SELECT
    USING (blob.is_shown (id));

ALTER TABLE blob.chunk ENABLE ROW LEVEL SECURITY;
ALTER TABLE blob.chunk FORCE ROW LEVEL SECURITY;
CREATE POLICY chunk_owner ON blob.chunk FOR INSERT
    WITH CHECK (EXISTS (SELECT FROM blob.file f WHERE f.id = file_id AND f.owner_id = app.org ()));
CREATE POLICY chunk_of_file ON blob.chunk FOR SELECT
    USING (EXISTS (SELECT FROM blob.file f WHERE f.id = file_id));

-- One document of a record, with what the platform knows of its file. A file that the caller may not read
-- cannot be embedded either: to know its hash gives nobody a right.
CREATE FUNCTION blob.known (document jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    f blob.file;
BEGIN
    SELECT * INTO f FROM blob.file WHERE hash = document ->> 'file'
    ORDER BY owner_id IS NOT DISTINCT FROM app.org () DESC, id LIMIT 1;
    IF f IS NULL THEN
        RAISE check_violation USING CONSTRAINT = 'file_known';
    END IF;
    RETURN document || jsonb_build_object ('name', coalesce (document ->> 'name', f.name),
                                           'media_type', f.media_type, 'size', f.size);
END $$;

-- A table's trigger that lets its records embed files:
--
--     CREATE TRIGGER need_embeds BEFORE INSERT OR DELETE OR UPDATE OF documents ON pipeline.need
--         FOR EACH ROW EXECUTE FUNCTION blob.embeds ('documents', 'pipeline.need_insider');
--
-- The column is jsonb: a list of documents, or anything with documents inside (a change to a record that is
-- still to be applied). The second argument is the view for confidential ones, and may be left out. The key
-- of the table is `id`.
CREATE FUNCTION blob.embeds () RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    place constant text := format ('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME);
    content jsonb;
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
    DELETE FROM blob.reference
    WHERE holder = place AND part = TG_ARGV [0] AND record_id = NEW.id AND TG_OP = 'UPDATE';
    INSERT INTO blob.reference (holder, part, record_id, file_id, confidential, insiders)
    SELECT DISTINCT ON (f.id) place, TG_ARGV [0], NEW.id, f.id,
           coalesce ((d ->> 'confidential')::boolean, false), TG_ARGV [1]
    FROM jsonb_path_query (content, 'strict $.** ? (exists (@.file))') AS d
    CROSS JOIN LATERAL (SELECT id FROM blob.file WHERE hash = blob.known (d) ->> 'file'
                        ORDER BY owner_id IS NOT DISTINCT FROM app.org () DESC, id LIMIT 1) AS f
    ORDER BY f.id, 5; -- the same file twice in a record is as public as the most public of both
    RETURN NEW;
END $$;

-- What nobody embedded for a day goes, a few at a time; how many went.
CREATE FUNCTION blob.sweep (older_than timestamptz, most integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    WITH gone AS (
        DELETE FROM blob.file
        WHERE id IN (SELECT f.id FROM blob.file f
                     WHERE f.created_at < older_than
                       AND NOT EXISTS (SELECT FROM blob.reference r WHERE r.file_id = f.id)
                     ORDER BY f.created_at LIMIT most FOR UPDATE SKIP LOCKED)
        RETURNING 1
    )
    SELECT count (*) FROM gone
$$;
-- The sweeper calls as the system (bit 12 of proto/roles.def), for no organisation.
CREATE POLICY file_swept ON blob.file
    USING (app.org () IS NULL AND app.may (4096)) WITH CHECK (false);
REVOKE ALL ON FUNCTION blob.sweep (timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION blob.sweep (timestamptz, integer) TO mw_gateway;
GRANT SELECT, INSERT, UPDATE (created_at) ON blob.file TO mw_gateway;
GRANT SELECT, INSERT ON blob.chunk TO mw_gateway;
