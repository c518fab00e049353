-- A part of a file that the caller may read.
SELECT c.bytes FROM blob.chunk c WHERE c.file_id = :file_id::uuid AND c.no = :no::bigint
