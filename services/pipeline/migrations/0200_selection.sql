-- What the jury of a round decides, signed by who was there; places that are offered; and what follows when one comes free
-- (deploy/decisions/0043-selection.md).

CREATE TABLE pipeline.selection (
    id           uuid PRIMARY KEY,
    round_id     uuid NOT NULL REFERENCES pipeline.round,
    manager_id   uuid NOT NULL,
    minute       text NOT NULL,
    lines        jsonb NOT NULL DEFAULT '[]',
    ranking      jsonb NOT NULL DEFAULT '[]',
    rules_hash   text,
    counted_hash text,
    promote_at   timestamptz,
    decided_at   timestamptz,
    state        text NOT NULL DEFAULT 'drafted' CHECK (state IN ('drafted', 'decided')),
    version      bigint NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL,
    CONSTRAINT selection_once UNIQUE (round_id)
);

-- Who was there, and when they signed.
CREATE TABLE pipeline.selection_present (
    selection_id    uuid NOT NULL REFERENCES pipeline.selection,
    account_id      uuid NOT NULL,
    juror_id        uuid REFERENCES pipeline.juror,
    organisation_id uuid NOT NULL,
    manager_id      uuid NOT NULL,
    signed_at       timestamptz,
    PRIMARY KEY (selection_id, account_id)
);

CREATE FUNCTION pipeline.was_present (wanted uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT EXISTS (SELECT FROM selection_present WHERE selection_id = wanted AND account_id = app.account ())
$$;

ALTER TABLE pipeline.selection ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.selection FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.selection_present ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.selection_present FORCE ROW LEVEL SECURITY;
CREATE POLICY manager ON pipeline.selection USING (manager_id = app.org ());
CREATE POLICY present_reads ON pipeline.selection FOR SELECT USING (pipeline.was_present (id));
CREATE POLICY present_signs ON pipeline.selection FOR UPDATE USING (pipeline.was_present (id)) WITH CHECK (state = 'drafted');
CREATE POLICY follows ON pipeline.selection FOR SELECT TO mw_owner USING (true);
CREATE POLICY manager ON pipeline.selection_present USING (manager_id = app.org ());
CREATE POLICY present_reads ON pipeline.selection_present FOR SELECT TO mw_pipeline USING (pipeline.was_present (selection_id));
CREATE POLICY present_signs ON pipeline.selection_present FOR UPDATE USING (account_id = app.account ());
CREATE POLICY follows ON pipeline.selection_present FOR SELECT TO mw_owner USING (true);
CREATE POLICY counted ON pipeline.judgement FOR SELECT TO mw_owner USING (true);

-- Which judgements count in a round, and of what: whoever is allowed to see which of them, this is the same.
CREATE FUNCTION pipeline.counted_hash (wanted uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT encode (sha256 (convert_to (concat (
        (SELECT jsonb_agg (jsonb_build_array (i.id, c.juror_id, c.scores) ORDER BY i.id, c.juror_id)
         FROM initiative i LEFT JOIN judgement_counted c ON c.initiative_id = i.id
         WHERE i.round_id = wanted AND i.state = 'presented')), 'UTF8')), 'hex')
$$;

-- A juror reads the lines of the dossiers that are open to them, by number, and ranked among these only: a gap would tell of others.
CREATE VIEW pipeline.selection_record WITH (security_invoker = true) AS
SELECT s.id, s.round_id, s.manager_id, s.minute,
       CASE WHEN s.manager_id = app.org () THEN s.lines ELSE (
           SELECT jsonb_agg (l.line - 'initiative_id' - 'rank' || jsonb_build_object ('dossier_id', l.id, 'number', l.number, 'rank', l.rank)
                             ORDER BY l.rank, l.number)
           FROM (SELECT e.value AS line, d.id, d.number, rank () OVER (ORDER BY (e.value ->> 'total_ppm')::bigint DESC NULLS LAST) AS rank
                 FROM jsonb_array_elements (s.lines) e
                 JOIN pipeline.dossier d ON d.initiative_id = (e.value ->> 'initiative_id')::uuid) l) END AS lines,
       CASE WHEN s.manager_id = app.org () THEN s.ranking END AS ranking,
       (SELECT jsonb_agg (jsonb_strip_nulls (jsonb_build_object (
                   'account_id', p.account_id, 'juror_id', p.juror_id, 'organisation_name', o.name, 'signed_at', p.signed_at))
                   ORDER BY p.juror_id NULLS FIRST)
        FROM pipeline.selection_present p LEFT JOIN pipeline.known_organisation o ON o.id = p.organisation_id
        WHERE p.selection_id = s.id) AS present,
       (SELECT array_agg (p.juror_id ORDER BY p.juror_id) FROM pipeline.selection_present p
        WHERE p.selection_id = s.id AND p.juror_id IS NOT NULL) AS jurors,
       s.rules_hash, s.counted_hash, s.state = 'decided' OR s.counted_hash = pipeline.counted_hash (s.round_id) AS current,
       (SELECT count (*) FROM jsonb_array_elements (s.lines) e
        WHERE e.value ->> 'deviation' <> 'none' AND NOT (e.value ->> 'written')::boolean) AS unexplained,
       (SELECT count (*) FROM pipeline.selection_present p WHERE p.selection_id = s.id AND p.signed_at IS NULL) AS not_signed,
       CASE WHEN r.rubric IS NULL THEN 0 ELSE (
           SELECT count (*) FROM jsonb_array_elements (s.ranking) e WHERE NOT (e.value ->> 'enough')::boolean) END AS too_few,
       (SELECT count (*) FROM jsonb_array_elements (s.lines) e WHERE e.value ->> 'outcome' = 'selected') AS selected,
       r.select_min, r.select_max,
       EXISTS (SELECT FROM pipeline.selection_present p
               WHERE p.selection_id = s.id AND p.account_id = app.account () AND p.signed_at IS NULL) AS may_sign,
       r.state AS round_state, s.promote_at, s.decided_at, s.state, s.version, s.created_at
FROM pipeline.selection s
JOIN pipeline.round r ON r.id = s.round_id;

-- What is chosen for an initiative, for who runs its round.
CREATE VIEW pipeline.selection_chosen WITH (security_invoker = true) AS
SELECT s.id AS selection_id, (e.value ->> 'initiative_id')::uuid AS initiative_id, e.value ->> 'outcome' AS outcome,
       (e.value ->> 'place')::bigint AS place, e.value ->> 'reason' AS reason, e.at
FROM pipeline.selection s CROSS JOIN LATERAL jsonb_array_elements (s.lines) WITH ORDINALITY e (value, at)
WHERE s.manager_id = app.org ();

-- ------------------------------------------------------------------------------------------------------ places

ALTER TABLE pipeline.initiative
    ADD COLUMN offer_expires_at timestamptz,
    ADD COLUMN waiting_place bigint,
    ADD COLUMN waiting_until timestamptz;
CREATE UNIQUE INDEX waits_once ON pipeline.initiative (round_id, waiting_place);

-- To the end of the last day, as people count days.
CREATE FUNCTION pipeline.end_of_day (since timestamptz, days bigint) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ((since AT TIME ZONE 'Europe/Amsterdam')::date + days::int + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam' - interval '1 second'
$$;

-- Whoever gives a place back, in whatever way, sets the clock of the selection: who is next, the manager's row says, not theirs.
CREATE FUNCTION pipeline.place_came_free () RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pipeline AS $$
BEGIN
    INSERT INTO timer (noun, thing_id, command, org, due_at, try_at)
    SELECT 'selection', s.id, 'promote', s.manager_id, clock_timestamp (), clock_timestamp ()
    FROM selection s WHERE s.round_id = NEW.round_id AND s.state = 'decided'
    ON CONFLICT (noun, thing_id, command) DO UPDATE SET due_at = excluded.due_at, try_at = excluded.try_at, tries = 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER place_came_free AFTER UPDATE OF state ON pipeline.initiative FOR EACH ROW
    WHEN (NEW.state IN ('declined', 'withdrawn') AND OLD.state IN ('selected', 'in_programme'))
    EXECUTE FUNCTION pipeline.place_came_free ();

GRANT SELECT, INSERT, UPDATE ON pipeline.selection TO mw_pipeline;
GRANT SELECT, INSERT, UPDATE, DELETE ON pipeline.selection_present TO mw_pipeline;
GRANT SELECT ON pipeline.selection_record, pipeline.selection_chosen TO mw_pipeline;
REVOKE ALL ON FUNCTION pipeline.was_present (uuid), pipeline.counted_hash (uuid), pipeline.place_came_free () FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.was_present (uuid), pipeline.counted_hash (uuid) TO mw_pipeline;
