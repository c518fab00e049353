-- The public half of a fresh code.
INSERT INTO pipeline.escrow (id, handler_id, public_key, created_at)
VALUES (:call_id::uuid, :call_org::uuid, :public_key::text, :call_now::timestamptz)
RETURNING id
