-- Gives the draft's number back to the series.
DELETE FROM pipeline.document_number WHERE document_id = :call_target::uuid
RETURNING document_id AS id
