-- A file that the caller may read, its own first.
SELECT f.id, f.name, f.media_type, f.size
FROM blob.file f
WHERE f.hash = :file
ORDER BY f.owner_id IS NOT DISTINCT FROM app.org () DESC, f.id
LIMIT 1
