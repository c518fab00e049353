-- Replaces a search.
UPDATE matching.profile
   SET kind = :kind, words = :words, municipality = :municipality, sectors = :sectors::text[],
       target_groups = :target_groups::text[], cpv = :cpv::text[]
 WHERE id = :call_target::uuid
RETURNING id
