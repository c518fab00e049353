-- Moves a review to another state. Since when it was shown first, stays.
UPDATE catalog.deal_review
   SET state = :call_state, version = version + 1,
       published_at = CASE WHEN :call_state = 'published' THEN coalesce (published_at, :call_now::timestamptz)
                           ELSE published_at END
 WHERE id = :call_target::uuid
RETURNING id
