-- What both sides of a deal say of each other, after a delivery was accepted: shown when both have written, or when its day
-- has come. 512 is MODERATOR, 4096 SYSTEM.

ALTER TABLE catalog.known_order ADD COLUMN need_id uuid, ADD COLUMN accepted_at timestamptz;
CREATE INDEX known_order_by_deal ON catalog.known_order ((coalesce (need_id, id)));

INSERT INTO catalog.term (name, since, lasts) VALUES ('review', '2023-01-01', '30 days');

-- From how many reviews on they have an average, and how often one organisation may review another.
CREATE TABLE catalog.review_rule (
    since       date PRIMARY KEY,
    least       bigint NOT NULL CHECK (least > 0),
    most_by_one bigint NOT NULL CHECK (most_by_one > 0)
);
INSERT INTO catalog.review_rule (since, least, most_by_one) VALUES ('2023-01-01', 5, 3);
GRANT SELECT ON catalog.review_rule TO mw_catalog;
CREATE FUNCTION catalog.review_rule_at (at timestamptz) RETURNS catalog.review_rule
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT r FROM catalog.review_rule r WHERE r.since <= (at AT TIME ZONE 'Europe/Amsterdam')::date
     ORDER BY r.since DESC LIMIT 1
$$;

-- That a side has written, which the other side may know; what it says stands apart.
CREATE TABLE catalog.review_side (
    deal_id     uuid NOT NULL, -- the need that the deal began with, or its only order
    reviewer_id uuid NOT NULL,
    reviewed_id uuid NOT NULL,
    reveal_at   timestamptz,
    CONSTRAINT one_review PRIMARY KEY (deal_id, reviewer_id, reviewed_id)
);
CREATE INDEX review_side_by_pair ON catalog.review_side (reviewer_id, reviewed_id);
ALTER TABLE catalog.review_side ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.review_side FORCE ROW LEVEL SECURITY;
CREATE POLICY party ON catalog.review_side FOR SELECT USING (app.org () IN (reviewer_id, reviewed_id));
CREATE POLICY writing ON catalog.review_side FOR INSERT WITH CHECK (reviewer_id = app.org ());
GRANT SELECT, INSERT ON catalog.review_side TO mw_catalog;

CREATE TABLE catalog.deal_review (
    id           uuid PRIMARY KEY,
    order_id     uuid NOT NULL,
    deal_id      uuid NOT NULL,
    reviewer_id  uuid NOT NULL,
    reviewed_id  uuid NOT NULL CHECK (reviewed_id <> reviewer_id),
    side         text NOT NULL CHECK (side IN ('buyer', 'supplier')),
    stars        bigint NOT NULL CHECK (stars BETWEEN 1 AND 5),
    text         text NOT NULL,
    reply        text,
    replied_at   timestamptz,
    decision     text,
    reveal_at    timestamptz,
    published_at timestamptz,
    fictional    boolean,
    state        text NOT NULL CHECK (state IN ('waiting', 'published', 'hidden', 'withdrawn')),
    version      bigint NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL,
    FOREIGN KEY (deal_id, reviewer_id, reviewed_id) REFERENCES catalog.review_side
);
CREATE INDEX review_by_reviewed ON catalog.deal_review (reviewed_id, id);
CREATE INDEX review_by_reviewer ON catalog.deal_review (reviewer_id, id);
CREATE INDEX review_by_deal ON catalog.deal_review (deal_id);
ALTER TABLE catalog.deal_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.deal_review FORCE ROW LEVEL SECURITY;
CREATE POLICY public ON catalog.deal_review FOR SELECT USING (state = 'published');
CREATE POLICY own ON catalog.deal_review USING (reviewer_id = app.org ());
-- Who is reviewed reads it once it was shown, or once they have written themselves.
CREATE FUNCTION catalog.has_reviewed (deal uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM catalog.review_side s
                    WHERE s.deal_id = deal AND s.reviewer_id = app.org () AND s.reviewed_id = other)
$$;
CREATE POLICY reviewed ON catalog.deal_review FOR SELECT
    USING (reviewed_id = app.org () AND (state = 'hidden' OR catalog.has_reviewed (deal_id, reviewer_id)));
CREATE POLICY reviewed_change ON catalog.deal_review FOR UPDATE USING (reviewed_id = app.org ());
CREATE POLICY staff ON catalog.deal_review FOR SELECT USING (app.may (4096) OR (app.may (512) AND state = 'hidden'));
CREATE POLICY staff_change ON catalog.deal_review FOR UPDATE
    USING (app.may (4096) OR (app.may (512) AND state IN ('published', 'hidden')));
GRANT SELECT, INSERT, UPDATE ON catalog.deal_review TO mw_catalog;

CREATE VIEW catalog.deal_review_record WITH (security_invoker = true) AS
SELECT r.id, r.order_id, r.deal_id, r.reviewer_id, one.name AS reviewer_name, r.reviewed_id, other.name AS reviewed_name, r.side,
       r.stars, r.text, r.reply, r.replied_at, r.decision, r.reveal_at, r.published_at, r.fictional,
       (SELECT count (*) FROM catalog.review_side s
         WHERE s.reviewer_id = r.reviewer_id AND s.reviewed_id = r.reviewed_id AND s.deal_id <> r.deal_id)
           >= (catalog.review_rule_at (r.created_at)).most_by_one AS often,
       catalog.is_tied (r.reviewer_id) OR catalog.is_tied (r.reviewed_id) AS tied,
       r.state, r.version, r.created_at
  FROM catalog.deal_review r
  LEFT JOIN catalog.organisation one ON one.id = r.reviewer_id
  LEFT JOIN catalog.organisation other ON other.id = r.reviewed_id;
GRANT SELECT ON catalog.deal_review_record TO mw_catalog;

-- A review can be reported, as an offer can.
ALTER TABLE catalog.flag ADD COLUMN review_id uuid REFERENCES catalog.deal_review;
