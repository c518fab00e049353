-- One stock.
SELECT s.*, greatest (0, s.units - s.ordered) AS left FROM pipeline.stock s WHERE id = ANY (:call_targets::uuid[])
