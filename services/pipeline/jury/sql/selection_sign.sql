-- Somebody who was there signs for themselves.
UPDATE pipeline.selection_present SET signed_at = :call_now::timestamptz
WHERE selection_id = :call_target::uuid AND account_id = :call_account::uuid AND signed_at IS NULL
RETURNING selection_id AS id
