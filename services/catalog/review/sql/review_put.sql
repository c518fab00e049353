-- What its writer makes of a review that nobody else has read.
UPDATE catalog.deal_review SET stars = :stars, text = :text WHERE id = :call_target::uuid
RETURNING id
