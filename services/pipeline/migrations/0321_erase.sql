-- Erasing an applicant (deploy/decisions/0050-erasing.md): of an initiative stays how far it came, in which round, where, for whom and for
-- how much; of what others did with it, that they did it.

ALTER TABLE pipeline.initiative
    ADD COLUMN erased_at timestamptz,
    ALTER COLUMN applicant_id DROP NOT NULL,
    ALTER COLUMN title SET DEFAULT 'Gewist',
    ALTER COLUMN summary SET DEFAULT 'De aanvrager heeft dit laten wissen.';
ALTER TABLE pipeline.dossier
    ALTER COLUMN applicant_id DROP NOT NULL,
    ALTER COLUMN title SET DEFAULT 'Gewist',
    ALTER COLUMN summary SET DEFAULT 'De aanvrager heeft dit laten wissen.';
ALTER TABLE pipeline.result ALTER COLUMN applicant_id DROP NOT NULL;
ALTER TABLE pipeline.ask ALTER COLUMN applicant_id DROP NOT NULL;
ALTER TABLE pipeline.pledge ALTER COLUMN applicant_id DROP NOT NULL;
ALTER TABLE pipeline.attendance ALTER COLUMN applicant_id DROP NOT NULL;
ALTER TABLE pipeline.pairing ALTER COLUMN applicant_id DROP NOT NULL;
ALTER TABLE pipeline.pairing_hours ALTER COLUMN applicant_id DROP NOT NULL;
ALTER TABLE pipeline.job_outcome ALTER COLUMN applicant_id DROP NOT NULL;

-- ------------------------------------------------------------------------------------- what it is called

CREATE FUNCTION pipeline.initiative_captioned () RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.erased_at IS NULL THEN
        INSERT INTO stream.caption VALUES (NEW.id, NEW.title, NEW.summary)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, summary = excluded.summary;
    ELSE
        DELETE FROM stream.caption WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION pipeline.initiative_captioned () FROM PUBLIC;
CREATE TRIGGER captioned AFTER INSERT OR UPDATE OF title, summary, erased_at ON pipeline.initiative
    FOR EACH ROW EXECUTE FUNCTION pipeline.initiative_captioned ();
INSERT INTO stream.caption SELECT id, title, summary FROM pipeline.initiative; -- the owner sees them all: policy `counted`

-- --------------------------------------------------------------------------------------- who may do it

-- One role that nobody logs in as and that owns one function: of these tables it alone sees all rows.
GRANT USAGE ON SCHEMA pipeline, blob TO mw_eraser;
DO $$
DECLARE
    place text;
BEGIN
    FOREACH place IN ARRAY ARRAY ['pipeline.initiative', 'pipeline.dossier', 'pipeline.judgement', 'pipeline.result', 'pipeline.ask',
        'pipeline.pledge', 'pipeline.attendance', 'pipeline.pairing', 'pipeline.pairing_hours', 'pipeline.job_outcome', 'pipeline.extension',
        'pipeline.objection', 'pipeline.conflict', 'pipeline.bid', 'pipeline.deliverable', 'pipeline.deliverable_version',
        'pipeline.milestone', 'pipeline.selection', 'blob.file'] LOOP
        EXECUTE format ('GRANT SELECT, UPDATE, DELETE ON %s TO mw_eraser', place);
        EXECUTE format ('CREATE POLICY erases ON %s TO mw_eraser USING (true)', place);
    END LOOP;
END
$$;
GRANT SELECT, DELETE ON pipeline.initiative_person, pipeline.timer, pipeline.idempotency, blob.clean, blob.reference TO mw_eraser;
GRANT SELECT ON pipeline.known_organisation TO mw_eraser;
CREATE POLICY erases ON pipeline.known_organisation FOR SELECT TO mw_eraser USING (true);
GRANT EXECUTE ON FUNCTION pipeline.is_barred (uuid, uuid) TO mw_eraser;

-- Sets what is not in `kept` to what it was before anybody wrote it: a column that comes later is erased until somebody decides otherwise.
CREATE FUNCTION pipeline.blank (place regclass, kept text [], which text, of uuid []) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE (SELECT format ('UPDATE %s SET %s WHERE %I = ANY ($1)', place, string_agg (format ('%I = DEFAULT', attname), ', '), which)
             FROM pg_attribute WHERE attrelid = place AND attnum > 0 AND NOT attisdropped AND attname <> ALL (kept)) USING of;
END
$$;

CREATE FUNCTION pipeline.erase (gone uuid, moment timestamptz) RETURNS SETOF pipeline.initiative
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pipeline AS $$
DECLARE
    it       initiative;
    names    text [];
    dossiers uuid [] := ARRAY (SELECT id FROM dossier WHERE initiative_id = gone);
    pairings uuid [] := ARRAY (SELECT id FROM pairing WHERE initiative_id = gone);
    handed   uuid [] := ARRAY (SELECT id FROM deliverable WHERE initiative_id = gone);
    things   uuid [] := ARRAY [gone] || dossiers || pairings || handed
                        || ARRAY (SELECT id FROM milestone WHERE initiative_id = gone) || ARRAY (SELECT id FROM objection WHERE initiative_id = gone)
                        || ARRAY (SELECT id FROM ask WHERE initiative_id = gone) || ARRAY (SELECT id FROM pledge WHERE initiative_id = gone);
    files    uuid [] := ARRAY (SELECT file_id FROM blob.reference WHERE record_id = ANY (things)
                               OR record_id IN (SELECT id FROM deliverable_version WHERE deliverable_id = ANY (handed)));
BEGIN
    SELECT * INTO STRICT it FROM initiative WHERE id = gone;
    IF EXISTS (SELECT FROM objection WHERE initiative_id = gone AND state = 'lodged') THEN
        RAISE check_violation USING CONSTRAINT = 'objection_decided_first', MESSAGE = 'objection_decided_first';
    END IF;
    names := (SELECT array_agg (n) FROM (
        SELECT unnest (names_of (o.name) || o.kvk_number) FROM known_organisation o WHERE o.id = it.applicant_id OR o.id = ANY (it.co_applicant_ids)
        UNION SELECT unnest (people_names (it.team))
        UNION SELECT it.title) x (n) WHERE n IS NOT NULL);

    -- What the applicant wrote, or what was written to them.
    DELETE FROM deliverable_version WHERE deliverable_id = ANY (handed);
    DELETE FROM deliverable WHERE initiative_id = gone;
    DELETE FROM milestone WHERE initiative_id = gone;
    DELETE FROM objection WHERE initiative_id = gone;
    DELETE FROM extension WHERE initiative_id = gone;
    -- What was not counted because of a tie stays uncounted when nobody knows the tie any more.
    DELETE FROM judgement j WHERE j.dossier_id = ANY (dossiers) AND is_barred (j.juror_id, gone);
    DELETE FROM bid WHERE dossier_id = ANY (dossiers);
    DELETE FROM conflict WHERE initiative_id = gone;
    DELETE FROM initiative_person WHERE initiative_id = gone;
    DELETE FROM timer WHERE thing_id = ANY (things);
    DELETE FROM idempotency WHERE position (convert_to (gone::text, 'UTF8') IN body) > 0 OR position (convert_to (gone::text, 'UTF8') IN reply) > 0;

    -- What others did: that they did it, and how much.
    PERFORM blank ('dossier', '{id,round_id,initiative_id,manager_id,number,municipality,goals,target_groups,ask_cents,fictional,state,version,created_at}',
                   'initiative_id', ARRAY [gone]);
    UPDATE judgement SET earlier = (SELECT coalesce (jsonb_agg (v.value - 'remark' - 'reason' ORDER BY v.at), '[]')
                                    FROM jsonb_array_elements (earlier) WITH ORDINALITY v (value, at)) WHERE dossier_id = ANY (dossiers);
    PERFORM blank ('judgement', '{id,round_id,dossier_id,juror_id,account_id,organisation_id,manager_id,scores,confidence,abstain,earlier,locked_at,reminded_at,escalated_at,state,version,created_at}',
                   'dossier_id', dossiers);
    PERFORM blank ('result', '{initiative_id,round_id,manager_id,outcome,place,rank,total_ppm,ranked,criteria,decided_at}', 'initiative_id', ARRAY [gone]);
    PERFORM blank ('ask', '{id,initiative_id,round_id,programme_id,manager_id,amount_cents,min_viable_cents,kinds,follow_until,fictional,state,version,created_at}',
                   'initiative_id', ARRAY [gone]);
    PERFORM blank ('pledge', '{id,ask_id,initiative_id,round_id,programme_id,financier_id,manager_id,kind,amount_cents,expires_at,failed,shown,fictional,state,version,created_at}',
                   'initiative_id', ARRAY [gone]);
    PERFORM blank ('attendance', '{id,meeting_id,initiative_id,round_id,manager_id,host_id,state,version,created_at}', 'initiative_id', ARRAY [gone]);
    PERFORM blank ('pairing', '{id,initiative_id,mentor_id,round_id,organisation_id,manager_id,account_id,hours,minutes,state,version,created_at}',
                   'initiative_id', ARRAY [gone]);
    PERFORM blank ('pairing_hours', '{id,pairing_id,organisation_id,manager_id,day,minutes}', 'pairing_id', pairings);
    PERFORM blank ('job_outcome', '{id,initiative_id,round_id,manager_id,kind,count,fte_hundredths,valid_from,valid_until,confirmed_at,state,version,created_at}',
                   'initiative_id', ARRAY [gone]);
    UPDATE selection s
    SET minute = mask (s.minute, names),
        lines = (SELECT jsonb_agg (CASE WHEN l.value ->> 'initiative_id' = gone::text THEN l.value - 'reason'
                                        WHEN l.value ? 'reason' THEN l.value || jsonb_build_object ('reason', mask (l.value ->> 'reason', names))
                                        ELSE l.value END ORDER BY l.at)
                 FROM jsonb_array_elements (s.lines) WITH ORDINALITY l (value, at))
    WHERE s.round_id = it.round_id AND jsonb_array_length (s.lines) > 0;

    -- How far it came, in which round, where, for whom and for how much.
    UPDATE initiative SET parent_id = NULL WHERE parent_id = gone;
    PERFORM blank ('initiative', '{id,round_id,programme_id,manager_id,municipality,goals,target_groups,stage,ask_cents,min_viable_cents,financed_cents,jobs,criterion,failure_ground,fictional,submitted_at,presented_at,finished_at,seated_at,state,version,created_at}',
                   'id', ARRAY [gone]);
    UPDATE initiative SET erased_at = moment WHERE id = gone;

    DELETE FROM blob.clean WHERE holder = 'pipeline.dossier' AND record_id = ANY (dossiers);
    DELETE FROM blob.reference WHERE holder = 'pipeline.dossier' AND record_id = ANY (dossiers);
    DELETE FROM blob.file f WHERE f.id = ANY (files) AND NOT EXISTS (SELECT FROM blob.reference r WHERE r.file_id = f.id);
    RETURN QUERY SELECT * FROM initiative WHERE id = gone;
END
$$;
REVOKE ALL ON FUNCTION pipeline.erase (uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.erase (uuid, timestamptz) TO mw_pipeline;
GRANT CREATE ON SCHEMA pipeline TO mw_eraser;
ALTER FUNCTION pipeline.erase (uuid, timestamptz) OWNER TO mw_eraser; -- last: from here on it is not ours to grant
REVOKE CREATE ON SCHEMA pipeline FROM mw_eraser;

CREATE OR REPLACE VIEW pipeline.initiative_record WITH (security_invoker = true) AS
SELECT i.id, i.round_id, i.applicant_id, a.name AS applicant_name, i.manager_id, i.title, i.summary, i.plan, i.municipality,
       m.name AS municipality_name, i.goals, i.target_groups, i.ask_cents, i.min_viable_cents, i.stage, i.language, i.answers, i.team,
       (SELECT jsonb_agg (jsonb_build_object ('organisation_id', k.id, 'name', k.name) ORDER BY k.name)
        FROM pipeline.known_organisation k WHERE k.id = ANY (i.co_applicant_ids)) AS co_applicants,
       i.documents, i.consent, i.parent_id, i.submitted_at, i.question, i.answer, i.answer_by, i.checks, i.criterion, i.object_by,
       i.financed_cents, pipeline.jobs_of (i.id) AS jobs, i.drop_reason, i.failure_ground, i.fictional, r.state AS round_state,
       greatest (r.closes_at, (SELECT max (e.until) FROM pipeline.extension e WHERE e.initiative_id = i.id)) AS closes_at,
       CASE WHEN app.org () = ANY (i.co_applicant_ids) THEN app.org () END AS co_id,
       EXISTS (SELECT FROM pipeline.appointment h
               WHERE h.buyer_id = i.manager_id AND h.state = 'appointed' AND h.handler_id <> i.applicant_id
                 AND h.handler_id <> ALL (i.co_applicant_ids)
                 AND NOT EXISTS (SELECT FROM pipeline.seat s WHERE s.programme_id = i.programme_id
                                 AND s.organisation_id = h.handler_id AND s.state = 'taken')) AS handler_ready,
       r.present_quota - n.presented AS places_to_present,
       i.state, i.version, i.created_at, i.warning, i.warned_until, i.lapses_at,
       i.offer_expires_at, i.waiting_place, i.waiting_until,
       CASE WHEN i.state = 'in_programme' THEN
           (SELECT count (*) FROM pipeline.attendance t JOIN pipeline.meeting w ON w.id = t.meeting_id
            WHERE t.initiative_id = i.id AND t.state = 'present' AND w.kind = 'module') >= coalesce (r.certificate_modules, 0)
           AND coalesce (r.certificate_needs, '{}') <@ ARRAY (SELECT d.kind FROM pipeline.deliverable d
                                                              WHERE d.initiative_id = i.id AND d.state = 'accepted') END AS certified,
       k.state AS ask_state,
       (SELECT count (*) FROM pipeline.milestone s WHERE s.initiative_id = i.id AND s.state = 'verified') AS milestones,
       i.erased_at
FROM pipeline.initiative i
JOIN pipeline.round r ON r.id = i.round_id
LEFT JOIN pipeline.ask k ON k.initiative_id = i.id
LEFT JOIN pipeline.known_organisation a ON a.id = i.applicant_id
LEFT JOIN app.municipality m ON m.code = i.municipality
CROSS JOIN LATERAL pipeline.round_count (i.round_id) n;
