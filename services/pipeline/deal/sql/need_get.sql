-- One need, as far as the caller may see it, with up to what value the caller may decide today, and when it is closed: ten seconds
-- after its deadline, in which a request that came in time is done or given up.
SELECT n.*, least (n.quote_deadline + interval '10 seconds', '9999-12-31T23:59:59Z') AS closes_at,
       (SELECT max (m.max_cents) FROM pipeline.mandate m
        WHERE m.organisation_id = n.buyer_id AND m.account_id = app.account () AND m.state = 'given'
          AND pipeline.dutch_day (:call_now::timestamptz) BETWEEN m.valid_from AND coalesce (m.valid_until, 'infinity'))
           AS mandate_cents,
       CASE WHEN n.state = 'open' THEN pipeline.extended_deadline (own.quote_deadline, own.extended_for) END AS extended_until,
       own.amendments, own.documents
FROM pipeline.need_record n
JOIN pipeline.need own USING (id)
WHERE id = ANY (:call_targets::uuid[])
