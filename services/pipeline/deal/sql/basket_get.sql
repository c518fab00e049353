-- One basket of the caller's, or one that was ordered for their organisation.
SELECT * FROM pipeline.basket_record WHERE id = ANY (:call_targets::uuid[])
