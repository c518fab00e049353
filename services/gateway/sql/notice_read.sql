-- One notice was read; when it was first.
UPDATE identity.notice SET read_at = coalesce (read_at, :call_now::timestamptz)
 WHERE id = :id::uuid AND account_id = :call_account::uuid AND organisation_id = :call_org::uuid
RETURNING id, organisation_id, event, role, noun, thing_id, page_id,
          coalesce (title, (SELECT c.title FROM stream.caption c WHERE c.id = caption_id)) AS title, act, made_at, read_at
