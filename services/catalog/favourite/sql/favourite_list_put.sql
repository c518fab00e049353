-- What a list is called, and what it is for.
UPDATE catalog.favourite_list SET title = :title, note = :note WHERE id = :call_target::uuid
RETURNING id
