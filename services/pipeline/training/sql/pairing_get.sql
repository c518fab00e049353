-- One pairing, with what its guards ask about the initiative and the mentor.
SELECT p.* FROM pipeline.pairing_record p WHERE p.id = ANY (:call_targets::uuid[])
