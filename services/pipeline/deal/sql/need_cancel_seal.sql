-- The parts of the key, which are no more.
WITH of_openers AS (
    UPDATE pipeline.opener SET part = NULL, handed = NULL
    WHERE need_id = :id::uuid AND EXISTS (SELECT FROM pipeline.seal s WHERE s.need_id = :id::uuid AND s.state <> 'opened')
)
UPDATE pipeline.seal SET platform_part = NULL, platform_escrow = NULL, escrow_part = NULL, escrow_handed = NULL
WHERE need_id = :id::uuid AND state IN ('closed', 'released')
RETURNING id
