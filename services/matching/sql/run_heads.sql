-- That rankings of a need were kept, oldest first; the newest hundred.
SELECT * FROM (
    SELECT id, need_id, buyer_id, made_at, hash FROM matching.run WHERE need_id = :id::uuid ORDER BY id DESC LIMIT 100
) newest ORDER BY id
