-- The need that can now be weighed.
SELECT mine.need_id AS id FROM pipeline.opener mine WHERE mine.id = :id::uuid
