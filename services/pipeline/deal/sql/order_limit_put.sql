-- From that day on; who set it before for the same day sets it anew.
INSERT INTO pipeline.order_limit (buyer_id, valid_from, limit_cents, window_days)
VALUES (:call_org::uuid, :valid_from::date, :limit_cents::bigint, :window_days::bigint)
ON CONFLICT (buyer_id, valid_from) DO UPDATE
SET limit_cents = excluded.limit_cents, window_days = excluded.window_days,
    version = pipeline.order_limit.version + 1
RETURNING buyer_id
