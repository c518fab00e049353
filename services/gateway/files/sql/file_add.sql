-- A file of the caller's organisation, once. Whether its bytes are still to come; and whether the
-- organisation has room for it. Files that come at the same moment do not count each other.
WITH added AS (
    INSERT INTO blob.file AS f (id, owner_id, hash, name, media_type, size, created_at)
    VALUES (:file_id::uuid, :call_org::uuid, :file, :name, :media_type, :size::bigint, clock_timestamp ())
    ON CONFLICT ON CONSTRAINT file_once DO UPDATE SET created_at = excluded.created_at
    RETURNING f.id
)
SELECT a.id = :file_id::uuid AS fresh,
       coalesce ((SELECT sum (f.size) FROM blob.file f WHERE f.owner_id = :call_org::uuid), 0) + :size::bigint
           <= identity.quota_amount ('file_megabytes', (:call_org::uuid)::text, clock_timestamp ()) * 1000000 AS room
FROM added a
