-- Jobs of initiatives, which of them went on as an enterprise, and when they were selected.
ALTER TABLE reporting.initiative
    ADD COLUMN municipality text,
    ADD COLUMN selected_on  date,
    ADD COLUMN selected_seq bigint;

-- Counts that somebody outside the team confirmed. No person is known here.
CREATE TABLE reporting.job (
    id             uuid PRIMARY KEY,
    seq            bigint NOT NULL UNIQUE,
    round_id       uuid NOT NULL,
    initiative_id  uuid NOT NULL,
    kind           text NOT NULL,
    count          bigint NOT NULL CHECK (count > 0),
    fte_hundredths bigint NOT NULL,
    valid_from     date NOT NULL
);
CREATE INDEX job_of_round ON reporting.job (round_id);

CREATE TABLE reporting.graduate (
    initiative_id uuid PRIMARY KEY,
    round_id      uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    seq           bigint NOT NULL
);
CREATE INDEX graduate_of_round ON reporting.graduate (round_id);

-- What counts: of each kind the newest count of an initiative, for the same jobs may be in two periods.
CREATE VIEW reporting.job_now WITH (security_invoker = true) AS
SELECT DISTINCT ON (initiative_id, kind) * FROM reporting.job ORDER BY initiative_id, kind, valid_from DESC;

-- From the day of its selection to the first delivery of its enterprise after that of which a buyer accepted something.
CREATE VIEW reporting.way WITH (security_invoker = true) AS
SELECT g.round_id, g.initiative_id, g.enterprise_id, i.selected_on, i.selected_seq, g.seq AS graduated_seq, d.accepted_on, d.seq AS accepted_seq,
       d.accepted_on - i.selected_on AS days
FROM reporting.graduate g
JOIN reporting.initiative i ON i.id = g.initiative_id
LEFT JOIN LATERAL (
    SELECT accepted_on, seq FROM reporting.delivery
    WHERE supplier_id = g.enterprise_id AND accepted_on >= i.selected_on ORDER BY accepted_on, seq LIMIT 1) d ON true;

INSERT INTO reporting.definition (place, name, money, nl, en) VALUES
    (8, 'jobs', false,
     'Banen bij initiatieven uit programma’s, zoals iemand van buiten het team ze bevestigde: van elke soort de nieuwste '
     'opgave van een initiatief. Bevestigde impact van leveringen staat apart en wordt hier niet bij opgeteld.',
     'Jobs at initiatives of programmes, as somebody outside the team confirmed them: of each kind the newest count of an '
     'initiative. Verified impact of deliveries stands apart and is not added to this.'),
    (9, 'days_to_delivery', false,
     'Dagen van de selectie van een initiatief tot de eerste levering daarna waarvan een koper iets accepteerde, door de onderneming '
     'die het werd. Van een ronde de mediaan; wie nog niet leverde, telt niet mee.',
     'Days from the selection of an initiative to the first delivery after that of which a buyer accepted something, by the '
     'enterprise that it became. Of a round the median; who has not delivered yet is left out.');

GRANT SELECT, INSERT, UPDATE, DELETE ON reporting.job, reporting.graduate TO mw_reporting;
GRANT SELECT ON reporting.job_now, reporting.way TO mw_reporting;
