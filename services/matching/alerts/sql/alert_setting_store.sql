-- Sets how the caller's organisation gets its letters by mail.
INSERT INTO matching.alert_setting (id, frequency, email, kinds)
VALUES (:id::uuid, :frequency, :email, :kinds::text[])
    ON CONFLICT (id) DO UPDATE SET frequency = excluded.frequency, email = excluded.email, kinds = excluded.kinds
RETURNING id, frequency, email, kinds
