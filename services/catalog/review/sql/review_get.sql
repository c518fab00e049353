-- One review, as far as the caller may read it.
SELECT * FROM catalog.deal_review_record WHERE id = ANY (:call_targets::uuid[])
