-- One; its points only for who judged, and for who locked a judgement of the same quote.
SELECT * FROM pipeline.score_record WHERE id = ANY (:call_targets::uuid[])
