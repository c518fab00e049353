-- From now on the supplier sees it, and has time to answer.
UPDATE pipeline.purchase_order
SET withheld = false, authorised_by = :call_account::uuid,
    answer_due_at = pipeline.due_ahead ('order_answer', buyer_id, :call_now::timestamptz)
WHERE id = :call_target::uuid
RETURNING id
