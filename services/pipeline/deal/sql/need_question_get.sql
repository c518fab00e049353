-- One question, as far as the caller may see it.
SELECT * FROM pipeline.need_question_record WHERE id = ANY (:call_targets::uuid[])
