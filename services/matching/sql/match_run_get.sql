-- A kept ranking of the caller's.
SELECT id, need_id, buyer_id, made_at, hash, content FROM matching.run WHERE id = ANY (:call_targets::uuid[])
