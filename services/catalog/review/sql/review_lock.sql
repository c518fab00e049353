-- Holds a review while it moves.
SELECT 1 FROM catalog.deal_review WHERE id = :call_target::uuid FOR UPDATE
