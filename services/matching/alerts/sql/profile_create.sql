-- A search that the caller's organisation keeps.
INSERT INTO matching.profile (id, organisation_id, kind, words, municipality, sectors, target_groups, cpv, state, created_at)
VALUES (:call_id::uuid, :call_org::uuid, :kind, :words, :municipality, :sectors::text[], :target_groups::text[], :cpv::text[],
        'kept', :call_now::timestamptz)
RETURNING id
