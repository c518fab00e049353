-- One invoice that the caller wrote, or that was sent to the caller, and how it also left the platform.
SELECT r.*, pipeline.hand_overs (r.id) AS hand_overs
FROM pipeline.invoice_record r WHERE id = ANY (:call_targets::uuid[])
