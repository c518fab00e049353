-- Where demand and offer do not meet: open needs, the codes of offers, and when something was last heard of an enterprise.

ALTER TABLE reporting.offer ADD COLUMN cpv text;
ALTER TABLE reporting.organisation ADD COLUMN prompted_on date;

CREATE TABLE reporting.open_need (
    id           uuid PRIMARY KEY,
    title        text NOT NULL,
    municipality text NOT NULL,
    cpv          text[] NOT NULL,
    published_on date NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON reporting.open_need TO mw_reporting;

CREATE TABLE reporting.activity (
    supplier_id uuid PRIMARY KEY,
    active_on   date NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON reporting.activity TO mw_reporting;
CREATE FUNCTION reporting.heard_of (supplier uuid, at timestamptz) RETURNS void LANGUAGE sql AS $$
    INSERT INTO reporting.activity AS known (supplier_id, active_on)
    VALUES (supplier, (at AT TIME ZONE 'Europe/Amsterdam')::date)
        ON CONFLICT (supplier_id) DO UPDATE SET active_on = greatest (known.active_on, excluded.active_on)
$$;

-- After how many days without a word an enterprise is called quiet, from a day on.
CREATE TABLE reporting.quiet_term (
    since date PRIMARY KEY,
    days  integer NOT NULL CHECK (days > 0)
);
INSERT INTO reporting.quiet_term VALUES ('2023-01-01', 90);
GRANT SELECT ON reporting.quiet_term TO mw_reporting;
