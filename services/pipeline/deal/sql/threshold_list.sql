-- All thresholds; a page of them is all there are.
SELECT * FROM pipeline.threshold ORDER BY class, valid_from DESC LIMIT :call_rows::int
