-- Awards in two hands, the standstill after them, and complaints before an independent handler.

ALTER TABLE pipeline.quote
    DROP CONSTRAINT quote_state_check,
    ADD CONSTRAINT quote_state_check CHECK (state IN (
        'draft', 'submitted', 'opened', 'admitted', 'excluded', 'preferred', 'selected', 'not_selected', 'withdrawn',
        'destroyed'));

-- How many days an award can be challenged: law for open procedures above the threshold, custom below it. A lawyer has to confirm.
CREATE TABLE pipeline.standstill_term (
    route      text NOT NULL CHECK (route IN ('invited', 'open')),
    valid_from date NOT NULL,
    days       bigint NOT NULL CHECK (days > 0),
    source     text NOT NULL,
    PRIMARY KEY (route, valid_from)
);
INSERT INTO pipeline.standstill_term VALUES
    ('open',    '2013-04-01', 20, 'Aanbestedingswet 2012, artikel 2.127'),
    ('invited', '2013-04-01', 7,  'Geen wettelijke termijn onder de drempel; gebruikelijk, en door een eigen besluit te wijzigen');
GRANT SELECT ON pipeline.standstill_term TO mw_pipeline;

CREATE TABLE pipeline.award (
    id               uuid PRIMARY KEY,
    need_id          uuid NOT NULL REFERENCES pipeline.need,
    buyer_id         uuid NOT NULL,
    quote_id         uuid NOT NULL,
    reasons          jsonb NOT NULL,
    proposed_by      uuid NOT NULL,
    decided_by       uuid,
    decided_at       timestamptz,
    standstill_until timestamptz,
    suspended_at     timestamptz,
    challenges       bigint NOT NULL DEFAULT 0 CHECK (challenges >= 0), -- complaints that wait; each sees its own only
    reject_reason    text,
    state            text NOT NULL DEFAULT 'proposed'
                     CHECK (state IN ('proposed', 'standstill', 'suspended', 'final', 'rejected', 'void')),
    version          bigint NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL,
    CONSTRAINT quote_of_need FOREIGN KEY (quote_id, need_id) REFERENCES pipeline.quote (id, need_id),
    CONSTRAINT other_person_proposed CHECK (decided_by <> proposed_by)
);
-- Two proposals at once: one of them.
CREATE UNIQUE INDEX awarded_once ON pipeline.award (need_id) WHERE state NOT IN ('rejected', 'void');
CREATE INDEX award_by_buyer ON pipeline.award (buyer_id, id DESC);

CREATE TABLE pipeline.complaint (
    id          uuid PRIMARY KEY,
    need_id     uuid NOT NULL REFERENCES pipeline.need,
    award_id    uuid NOT NULL REFERENCES pipeline.award,
    supplier_id uuid NOT NULL,
    buyer_id    uuid NOT NULL,
    handler_id  uuid NOT NULL CHECK (handler_id <> buyer_id AND handler_id <> supplier_id),
    grounds     text NOT NULL,
    remedy      text,
    verdict     text CHECK (verdict IN ('dismissed', 'reassess', 'cancel')),
    decision    text,
    decided_at  timestamptz,
    state       text NOT NULL DEFAULT 'lodged' CHECK (state IN ('lodged', 'decided', 'withdrawn')),
    version     bigint NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL
);
CREATE UNIQUE INDEX complained_once ON pipeline.complaint (award_id, supplier_id) WHERE state <> 'withdrawn';
CREATE INDEX complaint_by_need ON pipeline.complaint (need_id);
CREATE INDEX complaint_by_supplier ON pipeline.complaint (supplier_id, id DESC);
CREATE INDEX complaint_by_handler ON pipeline.complaint (handler_id, id DESC);

ALTER TABLE pipeline.complaint ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.complaint FORCE ROW LEVEL SECURITY;
CREATE POLICY complaint_lodged ON pipeline.complaint FOR INSERT WITH CHECK (supplier_id = app.org ());
CREATE POLICY complaint_read ON pipeline.complaint FOR SELECT
    USING (app.org () IN (supplier_id, buyer_id, handler_id));
CREATE POLICY complaint_moved ON pipeline.complaint FOR UPDATE USING (app.org () IN (supplier_id, handler_id));

-- That there is an award in its standstill everybody may know; why, only its buyer. A complaint of one's own moves what it is
-- about: the award, the need and its quotes.
ALTER TABLE pipeline.award ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.award FORCE ROW LEVEL SECURITY;
CREATE POLICY award_buyer ON pipeline.award USING (buyer_id = app.org ()) WITH CHECK (buyer_id = app.org ());
CREATE POLICY award_public ON pipeline.award FOR SELECT USING (decided_at IS NOT NULL);
CREATE POLICY award_challenged ON pipeline.award FOR UPDATE
    USING (EXISTS (SELECT FROM pipeline.complaint c WHERE c.award_id = award.id AND app.org () IN (c.supplier_id, c.handler_id)));
CREATE POLICY need_challenged ON pipeline.need FOR UPDATE
    USING (EXISTS (SELECT FROM pipeline.complaint c WHERE c.need_id = need.id AND app.org () IN (c.supplier_id, c.handler_id)));
CREATE POLICY quote_challenged_read ON pipeline.quote FOR SELECT
    USING (opened_at IS NOT NULL AND EXISTS (
        SELECT FROM pipeline.complaint c WHERE c.need_id = quote.need_id AND c.handler_id = app.org ()));
CREATE POLICY quote_challenged ON pipeline.quote FOR UPDATE
    USING (opened_at IS NOT NULL AND EXISTS (
        SELECT FROM pipeline.complaint c WHERE c.need_id = quote.need_id AND c.handler_id = app.org ()));

CREATE VIEW pipeline.award_record WITH (security_invoker = true) AS
SELECT a.id, a.need_id, n.title AS need_title, a.buyer_id, a.quote_id, a.reasons, a.proposed_by, a.decided_by, a.decided_at,
       a.standstill_until, a.reject_reason, n.route, n.state AS need_state,
       EXISTS (SELECT FROM pipeline.quote q WHERE q.id = a.quote_id
               AND q.state = CASE WHEN q.sealed THEN 'admitted' ELSE 'submitted' END) AS weighed,
       (SELECT count (*) FROM pipeline.quote q WHERE q.need_id = a.need_id AND q.state = 'opened') AS unjudged,
       (SELECT count (*) FROM pipeline.quote q WHERE q.need_id = a.need_id AND q.state IN ('admitted', 'submitted')
        AND NOT EXISTS (SELECT FROM jsonb_array_elements (a.reasons) r WHERE r ->> 'quote_id' = q.id::text)) AS unreasoned,
       a.state, a.version, a.created_at
FROM pipeline.award a
JOIN pipeline.need n ON n.id = a.need_id;

CREATE VIEW pipeline.complaint_record WITH (security_invoker = true) AS
SELECT c.id, c.need_id, n.title AS need_title, c.supplier_id, supplier.name AS supplier_name, c.buyer_id, c.handler_id,
       handler.name AS handler_name, c.grounds, c.remedy, c.verdict, c.decision, c.decided_at, c.award_id,
       a.standstill_until, n.state AS need_state,
       EXISTS (SELECT FROM pipeline.invitation i WHERE i.need_id = c.need_id AND i.supplier_id = c.supplier_id)
       OR EXISTS (SELECT FROM pipeline.quote q WHERE q.need_id = c.need_id AND q.supplier_id = c.supplier_id
                  AND q.submitted_at IS NOT NULL AND q.state <> 'withdrawn') AS took_part,
       EXISTS (SELECT FROM pipeline.invitation i WHERE i.need_id = c.need_id AND i.supplier_id = c.handler_id)
       OR EXISTS (SELECT FROM pipeline.quote q WHERE q.need_id = c.need_id AND q.supplier_id = c.handler_id)
           AS handler_took_part,
       c.state, c.version, c.created_at
FROM pipeline.complaint c
JOIN pipeline.need n ON n.id = c.need_id
LEFT JOIN pipeline.award a ON a.id = c.award_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = c.supplier_id
LEFT JOIN pipeline.known_organisation handler ON handler.id = c.handler_id;

GRANT SELECT, INSERT, UPDATE ON pipeline.award, pipeline.complaint TO mw_pipeline;
GRANT SELECT ON pipeline.award_record, pipeline.complaint_record TO mw_pipeline;
