-- All that the caller was told for the organisation that they act for was read.
UPDATE identity.notice SET read_at = :call_now::timestamptz
 WHERE account_id = :call_account::uuid AND organisation_id = :call_org::uuid AND read_at IS NULL
RETURNING id
