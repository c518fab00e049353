-- One quote that the caller wrote, or that was handed in to the caller; and whether who wrote it may quote on a reserved need now.
SELECT q.*, n.purpose AS need_purpose, n.reserved AS need_reserved, n.spec_lines,
       pipeline.evidence_valid (q.supplier_id, pipeline.dutch_day (:call_now::timestamptz)) AS evidence_valid
FROM pipeline.quote_record q JOIN pipeline.need n ON n.id = q.need_id
WHERE q.id = ANY (:call_targets::uuid[])
