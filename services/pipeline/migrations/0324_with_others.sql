-- Who applies together with others has the time that was given to them, and says so when it finances what it applies with.
CREATE POLICY extension_together ON pipeline.extension FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.initiative i WHERE i.id = initiative_id AND app.org () = ANY (i.co_applicant_ids)));

CREATE OR REPLACE VIEW pipeline.pledge_record WITH (security_invoker = true) AS
SELECT p.id, p.ask_id, p.initiative_id, p.round_id, i.title, p.financier_id, f.name AS financier_name, p.applicant_id, p.manager_id, p.kind,
       p.amount_cents, p.conditions, p.text, p.interest, p.expires_at, p.failed, p.fictional,
       EXISTS (SELECT FROM pipeline.seat s
               WHERE s.programme_id = p.programme_id AND s.organisation_id = p.financier_id AND s.role = 'financier' AND s.state = 'taken'
                 AND pipeline.dutch_day (now ()) BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity')) AS has_seat,
       p.financier_id = p.applicant_id OR p.financier_id = ANY (coalesce (i.co_applicant_ids, '{}')) AS tied,
       a.kinds IS NULL OR p.kind = ANY (a.kinds) AS wanted, a.amount_cents AS ask_cents,
       (SELECT coalesce (sum (q.amount_cents), 0)::bigint FROM pipeline.pledge q
        WHERE q.ask_id = p.ask_id AND q.id <> p.id AND q.state IN ('committed', 'firm', 'paid_out')) AS taken_cents,
       a.state AS ask_state, p.state, p.version, p.created_at
FROM pipeline.pledge p
LEFT JOIN pipeline.ask a ON a.id = p.ask_id
LEFT JOIN pipeline.initiative i ON i.id = p.initiative_id
LEFT JOIN pipeline.known_organisation f ON f.id = p.financier_id;

-- More time ends before the jury should be done, where the round says when that is: the round waits for it.
CREATE FUNCTION pipeline.extension_in_time () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pipeline.round r WHERE r.id = NEW.round_id AND NEW.until >= least (r.scored_by, r.decided_by, r.starts_at)) THEN
        RAISE check_violation USING CONSTRAINT = 'extension_in_time', MESSAGE = 'extension_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER extension_in_time BEFORE INSERT ON pipeline.extension FOR EACH ROW EXECUTE FUNCTION pipeline.extension_in_time ();
