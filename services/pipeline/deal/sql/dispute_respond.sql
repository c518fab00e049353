-- What the other side says; the buyer's side knows whom it appointed.
UPDATE pipeline.dispute d
SET response = :reason::text,
    handler_id = coalesce (d.handler_id, (
        SELECT a.handler_id FROM pipeline.appointment a
        WHERE a.buyer_id = d.buyer_id AND a.state = 'appointed' AND a.handler_id <> d.supplier_id))
WHERE d.id = :call_target::uuid
RETURNING d.id
