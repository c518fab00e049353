-- One credit note that the caller wrote, or that was sent to the caller.
SELECT * FROM pipeline.credit_note_record WHERE id = ANY (:call_targets::uuid[])
