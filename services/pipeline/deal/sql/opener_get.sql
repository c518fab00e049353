-- One, as far as the caller may see it.
SELECT r.*, pipeline.invites_short (r.need_id) AS invites_short
FROM pipeline.opener_record r WHERE r.id = ANY (:call_targets::uuid[])
