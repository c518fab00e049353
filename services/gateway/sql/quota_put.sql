-- A quota from some moment on; what was before stays to be read.
INSERT INTO identity.quota AS q (id, kind, holder_id, amount, window_ms, valid_from, valid_until, note)
VALUES (:call_id::uuid, :kind, :holder_id::uuid, :amount::bigint, :window_ms::bigint,
        coalesce (:valid_from::timestamptz, :call_now::timestamptz), :valid_until::timestamptz, :note)
ON CONFLICT (kind, holder_id, valid_from) DO UPDATE SET amount = excluded.amount, window_ms = excluded.window_ms,
    valid_until = excluded.valid_until, note = excluded.note
RETURNING id, kind, holder_id, amount, window_ms, valid_from, valid_until, note
