-- A kept ranking: the one named, or the need's newest.
SELECT id, need_id, buyer_id, made_at, hash, content
FROM matching.run
WHERE need_id = :id::uuid AND (:run::uuid IS NULL OR id = :run::uuid)
ORDER BY id DESC
LIMIT 1
