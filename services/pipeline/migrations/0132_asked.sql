-- A handler asks who complained something before it decides; and who wins again and again is told with the routes.

ALTER TABLE pipeline.complaint
    ADD COLUMN question text,
    ADD COLUMN answer text,
    DROP CONSTRAINT complaint_state_check,
    ADD CONSTRAINT complaint_state_check CHECK (state IN ('lodged', 'questioned', 'decided', 'withdrawn'));

CREATE OR REPLACE VIEW pipeline.complaint_record WITH (security_invoker = true) AS
SELECT c.id, c.need_id, n.title AS need_title, c.supplier_id, supplier.name AS supplier_name, c.buyer_id, c.handler_id,
       handler.name AS handler_name, c.grounds, c.remedy, c.verdict, c.decision, c.decided_at, c.award_id,
       a.standstill_until, n.state AS need_state,
       EXISTS (SELECT FROM pipeline.invitation i WHERE i.need_id = c.need_id AND i.supplier_id = c.supplier_id)
       OR EXISTS (SELECT FROM pipeline.quote q WHERE q.need_id = c.need_id AND q.supplier_id = c.supplier_id
                  AND q.submitted_at IS NOT NULL AND q.state <> 'withdrawn') AS took_part,
       EXISTS (SELECT FROM pipeline.invitation i WHERE i.need_id = c.need_id AND i.supplier_id = c.handler_id)
       OR EXISTS (SELECT FROM pipeline.quote q WHERE q.need_id = c.need_id AND q.supplier_id = c.handler_id)
           AS handler_took_part,
       c.state, c.version, c.created_at, c.question, c.answer
FROM pipeline.complaint c
JOIN pipeline.need n ON n.id = c.need_id
LEFT JOIN pipeline.award a ON a.id = c.award_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = c.supplier_id
LEFT JOIN pipeline.known_organisation handler ON handler.id = c.handler_id;

-- Who won most needs of a buyer in the same CPV group within the window of its policy, where that is more than once.
CREATE FUNCTION pipeline.often_won (buyer uuid, cpv text[], day date, self uuid)
RETURNS TABLE (winner_id uuid, winner_name text, wins bigint) LANGUAGE sql STABLE AS $$
    SELECT q.supplier_id, k.name, count (*)
    FROM pipeline.policy_of (buyer, day) p
    JOIN pipeline.need n ON n.buyer_id = buyer AND n.state IN ('awarded', 'closed') AND n.id IS DISTINCT FROM self
        AND left (n.cpv [1], 3) = left (often_won.cpv [1], 3)
        AND n.published_at > (day - p.window_days::integer)::timestamp AT TIME ZONE 'Europe/Amsterdam'
    JOIN pipeline.quote q ON q.id = n.awarded_quote_id
    LEFT JOIN pipeline.known_organisation k ON k.id = q.supplier_id
    GROUP BY q.supplier_id, k.name
    HAVING count (*) > 1
    ORDER BY count (*) DESC, q.supplier_id LIMIT 1
$$;
