-- One order that the caller placed or got.
SELECT r.*, EXISTS (SELECT FROM pipeline.known_organisation k WHERE k.id = r.supplier_id AND k.state = 'admitted')
           AS supplier_admitted
FROM pipeline.order_record r WHERE id = ANY (:call_targets::uuid[])
