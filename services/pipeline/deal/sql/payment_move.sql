-- Brings the payment to the state that the step leads to. The invoice counts what is reported or
-- confirmed, by the difference between the states before and after: so any order ends in the same.
WITH before AS (
    SELECT p.invoice_id, p.amount_cents, p.state FROM pipeline.payment p WHERE p.id = :call_target::uuid
), counted AS (
    UPDATE pipeline.invoice v
    SET paid_cents = v.paid_cents + b.amount_cents
            * ((:call_state::text IN ('reported', 'confirmed'))::int - (b.state IN ('reported', 'confirmed'))::int),
        confirmed_cents = v.confirmed_cents + b.amount_cents
            * ((:call_state::text = 'confirmed')::int - (b.state = 'confirmed')::int)
    FROM before b
    WHERE v.id = b.invoice_id
)
UPDATE pipeline.payment SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
