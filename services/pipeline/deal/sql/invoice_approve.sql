-- What differs now, though it did not when it was compared, is not approved: three_ways_alike.
UPDATE pipeline.invoice v SET approved_differing = r.differing
FROM pipeline.invoice_record r
WHERE v.id = :call_target::uuid AND r.id = v.id
RETURNING v.id
