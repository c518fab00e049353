-- How much room the files of an organisation have: a quota that is not of a window, but of all that is kept.
-- tolerates older builds

ALTER TABLE identity.quota DROP CONSTRAINT quota_kind_check;
ALTER TABLE identity.quota ADD CONSTRAINT quota_kind_check
    CHECK (kind IN ('requests', 'login_account', 'login_address', 'file_megabytes'));
ALTER TABLE identity.quota DROP CONSTRAINT quota_check;
ALTER TABLE identity.quota ADD CONSTRAINT quota_check
    CHECK (holder_id IS NULL OR kind IN ('requests', 'file_megabytes'));

INSERT INTO identity.quota (id, kind, amount, window_ms, valid_from, note) VALUES
    ('00000000-0000-7000-8000-000000000004', 'file_megabytes', 2000, 86400000, '2026-01-01', 'some hundred documents and photos; no window');

-- The amount in force for a holder: its own, else everybody's.
CREATE FUNCTION identity.quota_amount (kind text, holder text, at timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH newest AS (
        SELECT DISTINCT ON (q.holder_id) q.* FROM identity.quota q
         WHERE q.kind = quota_amount.kind AND (q.holder_id IS NULL OR q.holder_id::text = quota_amount.holder)
           AND q.valid_from <= at
         ORDER BY q.holder_id, q.valid_from DESC
    )
    SELECT n.amount FROM newest n WHERE n.valid_until IS NULL OR n.valid_until > at
     ORDER BY n.holder_id NULLS LAST LIMIT 1
$$;
