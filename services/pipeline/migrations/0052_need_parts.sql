-- The parts of a need: documents, amendments, joint buyers, evidence of suppliers, and questions whose asker nobody is told.
-- tolerates older builds

ALTER TABLE pipeline.need
    ADD COLUMN documents jsonb,
    ADD COLUMN amendments jsonb;

CREATE FUNCTION pipeline.sharer_ids (shares jsonb) RETURNS uuid[] LANGUAGE sql IMMUTABLE
RETURN (SELECT array_agg (s.organisation_id) FROM jsonb_to_recordset (shares) AS s (organisation_id uuid));

-- The other buyers of a joint need read it from its draft on; only the one that wrote it acts.
CREATE POLICY need_sharer ON pipeline.need FOR SELECT USING (app.org () = ANY (sharer_ids));

-- Confidential files are for the buyers and for whoever was invited.
CREATE VIEW pipeline.need_insider WITH (security_invoker = true) AS
SELECT n.id FROM pipeline.need n
WHERE n.buyer_id = app.org () OR app.org () = ANY (n.sharer_ids)
   OR EXISTS (SELECT FROM pipeline.invitation i WHERE i.need_id = n.id AND i.supplier_id = app.org ());
GRANT SELECT ON pipeline.need_insider TO mw_pipeline;
CREATE TRIGGER need_embeds BEFORE INSERT OR DELETE OR UPDATE OF documents ON pipeline.need
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('documents', 'pipeline.need_insider');

-- The marks of an enterprise, as the stream tells of them. The stream is read again from its beginning, so that those of before
-- are known too.
ALTER TABLE pipeline.known_organisation ADD COLUMN labels jsonb;
UPDATE pipeline.position SET seq = 0, recorded_at = NULL;

-- Whether an enterprise proves on a day that it may take part in a reserved contract (art. 2.82 Aanbestedingswet).
CREATE FUNCTION pipeline.evidence_valid (supplier uuid, day date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM pipeline.known_organisation o,
             jsonb_to_recordset (o.labels) AS l (scheme text, valid_from date, valid_until date)
        WHERE o.id = supplier AND l.scheme IN ('pso30', 'wsw') AND l.valid_until >= day
          AND (l.valid_from IS NULL OR l.valid_from <= day))
$$;

CREATE TABLE pipeline.need_question (
    id          uuid PRIMARY KEY,
    need_id     uuid NOT NULL REFERENCES pipeline.need,
    buyer_id    uuid NOT NULL,
    asker_id    uuid NOT NULL,
    text        text NOT NULL,
    answer      text,
    state       text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'answered', 'withdrawn')),
    version     bigint NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL,
    answered_at timestamptz
);
CREATE INDEX need_question_by_need ON pipeline.need_question (need_id, id DESC);
ALTER TABLE pipeline.need_question ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.need_question FORCE ROW LEVEL SECURITY;
CREATE POLICY need_question_asker ON pipeline.need_question
    USING (asker_id = app.org ()) WITH CHECK (asker_id = app.org ());
CREATE POLICY need_question_buyer_reads ON pipeline.need_question FOR SELECT USING (buyer_id = app.org ());
CREATE POLICY need_question_buyer_answers ON pipeline.need_question FOR UPDATE USING (buyer_id = app.org ());
CREATE POLICY need_question_public ON pipeline.need_question FOR SELECT USING (state = 'answered');
GRANT SELECT, INSERT, UPDATE ON pipeline.need_question TO mw_pipeline;

CREATE VIEW pipeline.need_question_record WITH (security_invoker = true) AS
SELECT q.id, q.need_id, n.title AS need_title, q.buyer_id, q.text, q.answer, q.asker_id = app.org () AS mine,
       coalesce (asker.kind = 'enterprise' AND asker.state = 'admitted', false) AS supplier_admitted,
       n.state AS need_state, coalesce (n.question_deadline, n.quote_deadline) AS question_deadline,
       q.state, q.version, q.created_at, q.answered_at
FROM pipeline.need_question q
JOIN pipeline.need n ON n.id = q.need_id
LEFT JOIN pipeline.known_organisation asker ON asker.id = q.asker_id;
GRANT SELECT ON pipeline.need_question_record TO mw_pipeline;
