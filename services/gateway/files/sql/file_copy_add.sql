-- A copy that belongs to nobody; the one that is there already, when it has the same bytes.
INSERT INTO blob.file AS f (id, owner_id, hash, name, media_type, size, created_at)
VALUES (:file_id::uuid, :call_org::uuid, :file, :name, :media_type, :size::bigint, clock_timestamp ())
ON CONFLICT ON CONSTRAINT file_once DO UPDATE SET created_at = excluded.created_at
RETURNING f.id
