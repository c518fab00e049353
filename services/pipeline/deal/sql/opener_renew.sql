-- The public half of another code.
UPDATE pipeline.opener SET public_key = :public_key::text
WHERE id = :call_target::uuid
RETURNING id
