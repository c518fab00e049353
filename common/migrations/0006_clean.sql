-- Copies of documents for who may not know whose they are (deploy/decisions/0047-jury-reads.md). A record asks for them, a gateway makes
-- them, and whoever may read the record may read them. They belong to nobody.
-- tolerates older builds

CREATE TABLE blob.clean ( -- no service has any right here, only the functions below and those of records
    holder     text NOT NULL, -- the record's table
    record_id  uuid NOT NULL,
    no         bigint NOT NULL,
    source_id  uuid NOT NULL REFERENCES blob.file ON DELETE CASCADE,
    insiders   text NOT NULL, -- a view of the ids of records of which the caller may read the copies
    state      text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'shown', 'withheld')),
    file       text, -- of the copy: its hash
    media_type text,
    size       bigint,
    wanted_at  timestamptz NOT NULL,
    PRIMARY KEY (holder, record_id, no)
);
CREATE INDEX clean_waiting ON blob.clean (wanted_at) WHERE state = 'waiting';
CREATE INDEX clean_by_source ON blob.clean (source_id);

CREATE FUNCTION blob.clean_next () RETURNS TABLE (place text, record uuid, nth bigint, source uuid, media_type text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT c.holder, c.record_id, c.no, f.id, f.media_type
    FROM blob.clean c JOIN blob.file f ON f.id = c.source_id
    WHERE c.state = 'waiting' ORDER BY c.wanted_at LIMIT 1 FOR UPDATE OF c SKIP LOCKED
$$;

-- `copy` NULL: it cannot be cleaned, so it is shown to nobody.
CREATE FUNCTION blob.clean_done (place text, record uuid, nth bigint, copy uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    INSERT INTO blob.reference (holder, part, record_id, file_id, confidential, insiders)
    SELECT c.holder, 'clean', c.record_id, copy, true, c.insiders
    FROM blob.clean c WHERE c.holder = place AND c.record_id = record AND c.no = nth AND copy IS NOT NULL
    ON CONFLICT DO NOTHING;
    UPDATE blob.clean c
    SET state = CASE WHEN copy IS NULL THEN 'withheld' ELSE 'shown' END,
        (file, media_type, size) = (SELECT f.hash, f.media_type, f.size FROM blob.file f WHERE f.id = copy)
    WHERE c.holder = place AND c.record_id = record AND c.no = nth
$$;
REVOKE ALL ON FUNCTION blob.clean_next (), blob.clean_done (text, uuid, bigint, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION blob.clean_next (), blob.clean_done (text, uuid, bigint, uuid) TO mw_gateway;
