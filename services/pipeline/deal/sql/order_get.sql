-- One order that the caller placed or got, whether its supplier takes part, and up to how much the caller
-- may decide today; of one that waits for a decision, what was ordered there within the policy's window, and
-- what its whole basket comes to.
SELECT r.*, EXISTS (SELECT FROM pipeline.known_organisation k WHERE k.id = r.supplier_id AND k.state = 'admitted')
           AS supplier_admitted,
       pipeline.mandate_cents (r.buyer_id, app.account (), pipeline.dutch_day (:call_now::timestamptz))
           AS mandate_cents,
       CASE WHEN r.state = 'awaiting' THEN pipeline.ordered_cents (r.buyer_id, r.supplier_id, :call_now::timestamptz) END
           AS window_cents,
       CASE WHEN r.state = 'awaiting' THEN (
           SELECT sum ((l.ordered - l.cancelled) * l.unit_price_cents)::bigint
           FROM pipeline.purchase_order x JOIN pipeline.order_line l ON l.order_id = x.id
           WHERE x.basket_id = r.basket_id AND pipeline.order_counts (x.state)) END AS basket_cents
FROM pipeline.order_record r WHERE id = ANY (:call_targets::uuid[])
