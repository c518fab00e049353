-- The next revision: what is given replaces what was, a major change leaves the days of the policy, and what changed is kept.
UPDATE pipeline.need n
SET description = coalesce (:description::text, n.description),
    spec_lines = coalesce (:spec_lines::jsonb, n.spec_lines), documents = coalesce (:documents::jsonb, n.documents),
    question_deadline = coalesce (:question_deadline::timestamptz, n.question_deadline),
    quote_deadline = greatest (coalesce (:quote_deadline::timestamptz, n.quote_deadline),
        CASE WHEN :major::boolean THEN :call_now::timestamptz + (
            SELECT p.extend_days FROM pipeline.policy_of (n.buyer_id, pipeline.dutch_day (:call_now::timestamptz)) p)
            * interval '1 day' END),
    revision = n.revision + 1,
    amendments = coalesce (n.amendments, '[]') || jsonb_build_object (
        'revision', n.revision + 1, 'amended_at', :call_now::timestamptz, 'summary', :summary::text, 'major', :major::boolean)
WHERE n.id = :call_target::uuid
RETURNING n.id
