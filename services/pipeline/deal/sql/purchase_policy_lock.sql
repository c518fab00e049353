-- Holds a policy while it moves; only its municipality can.
SELECT 1 FROM pipeline.purchase_policy WHERE id = :call_target::uuid AND organisation_id = app.org () FOR UPDATE
