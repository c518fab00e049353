-- Letters were written up to here; nothing, when somebody else has moved on meanwhile.
UPDATE matching.position SET seq = :upto::bigint, epoch = :epoch::uuid, recorded_at = :call_now::timestamptz
 WHERE seq = :before::bigint
