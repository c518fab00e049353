-- One order that the caller placed or got, whether its supplier takes part, and up to how much the caller
-- may decide today.
SELECT r.*, EXISTS (SELECT FROM pipeline.known_organisation k WHERE k.id = r.supplier_id AND k.state = 'admitted')
           AS supplier_admitted,
       pipeline.mandate_cents (r.buyer_id, app.account (), pipeline.dutch_day (:call_now::timestamptz))
           AS mandate_cents
FROM pipeline.order_record r WHERE id = ANY (:call_targets::uuid[])
