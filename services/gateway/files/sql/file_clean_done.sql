-- A document has its copy, or can have none.
SELECT blob.clean_done (:place, :record::uuid, :nth::bigint, :file_id::uuid)
