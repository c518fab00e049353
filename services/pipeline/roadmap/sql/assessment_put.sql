-- Replaces a draft; the level follows from the criteria.
UPDATE pipeline.assessment
   SET theme = :theme, as_of = :as_of::date, criteria = :criteria::jsonb,
       fictional = :fictional::boolean
 WHERE id = :call_target::uuid
RETURNING id
