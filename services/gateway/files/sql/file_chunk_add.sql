-- A part of a file that is being kept.
INSERT INTO blob.chunk (file_id, no, bytes) VALUES (:file_id::uuid, :no::bigint, :bytes::bytea)
