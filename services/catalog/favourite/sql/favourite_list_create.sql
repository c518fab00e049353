-- A list of the caller's organisation.
INSERT INTO catalog.favourite_list (id, organisation_id, title, note, state, created_at)
VALUES (:call_id::uuid, :call_org::uuid, :title, :note, 'kept', :call_now::timestamptz)
RETURNING id
