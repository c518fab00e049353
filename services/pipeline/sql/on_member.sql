-- For whom somebody acts, or acted: that is forgotten never.
INSERT INTO pipeline.tie (account_id, kind, value) VALUES (:account_id::uuid, 'organisation', :id::text) ON CONFLICT DO NOTHING
