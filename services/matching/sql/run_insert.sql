INSERT INTO matching.run (id, need_id, buyer_id, made_at, hash, content)
VALUES (:id::uuid, :need_id::uuid, :buyer_id::uuid, :made_at::timestamptz, :hash, :content::text)
RETURNING id, need_id, buyer_id, made_at, hash, content
