-- What reporting keeps of the stream, the definitions of its figures, and what others claimed.
--
-- No row-level security: no row here belongs to one organisation. The tables hold what the
-- answers need and no more: no drafts, no prices, no plans, no people. What they hold is published,
-- or comes out as a sum.

CREATE TABLE reporting.organisation (
    id           uuid PRIMARY KEY,
    name         text NOT NULL,
    kind         text NOT NULL,
    municipality text NOT NULL,
    admitted     boolean NOT NULL
);

-- Offers that are on the market now.
CREATE TABLE reporting.offer (
    id          uuid PRIMARY KEY,
    supplier_id uuid NOT NULL
);

-- Needs that ever came on the market, by the day in Amsterdam on which they did.
CREATE TABLE reporting.need (
    id           uuid PRIMARY KEY,
    buyer_id     uuid NOT NULL,
    municipality text NOT NULL,
    published_on date NOT NULL
);

-- Deliveries of which something was accepted: what every revenue figure consists of.
CREATE TABLE reporting.delivery (
    id             uuid PRIMARY KEY,
    seq            bigint NOT NULL UNIQUE,
    buyer_id       uuid NOT NULL,
    supplier_id    uuid NOT NULL,
    municipality   text NOT NULL,
    accepted_on    date NOT NULL,
    accepted_cents bigint NOT NULL CHECK (accepted_cents > 0)
);

CREATE TABLE reporting.round (
    id             uuid PRIMARY KEY,
    programme_name text NOT NULL,
    number         bigint NOT NULL
);

-- How far an initiative came: the furthest stage it reached, also when it stopped there.
CREATE TABLE reporting.initiative (
    id       uuid PRIMARY KEY,
    round_id uuid NOT NULL,
    stage    integer NOT NULL
);
CREATE INDEX initiative_round ON reporting.initiative (round_id);

CREATE TABLE reporting.story (
    id      uuid PRIMARY KEY,
    city_id uuid NOT NULL
);

CREATE TABLE reporting.adoption (
    id            uuid PRIMARY KEY,
    story_city_id uuid NOT NULL,
    city_id       uuid NOT NULL
);

-- The level that a city published last on each theme.
CREATE TABLE reporting.level (
    municipality text NOT NULL,
    theme        text NOT NULL,
    level        bigint NOT NULL,
    as_of        date NOT NULL,
    PRIMARY KEY (municipality, theme)
);

-- The stages of the funnel, and the states in which an initiative has come that far.
CREATE TABLE reporting.stage (
    number integer PRIMARY KEY,
    name   text NOT NULL UNIQUE,
    states text[] NOT NULL
);
INSERT INTO reporting.stage (number, name, states) VALUES
    (1, 'submitted', '{submitted,eligible}'),
    (2, 'presented', '{presented}'),
    (3, 'selected',  '{selected,in_programme,table_ready}'),
    (4, 'at_table',  '{at_table,financed}'),
    (5, 'realised',  '{realised}');

-- What each figure counts.
CREATE TABLE reporting.definition (
    name  text PRIMARY KEY,
    place integer NOT NULL UNIQUE,
    money boolean NOT NULL,
    nl    text NOT NULL,
    en    text NOT NULL
);
INSERT INTO reporting.definition (place, name, money, nl, en) VALUES
    (1, 'revenue', true,
     'Geaccepteerde waarde van leveringen door sociale ondernemingen, exclusief btw. Een '
     'levering telt op de dag waarop de koper haar accepteerde (Nederlandse tijd), in de '
     'gemeente van levering.',
     'Accepted value of deliveries by social enterprises, excluding VAT. A delivery counts on the '
     'day on which the buyer accepted it (Dutch time), in the municipality of delivery.'),
    (2, 'deliveries', false,
     'Leveringen door sociale ondernemingen waarvan de koper ten minste iets accepteerde.',
     'Deliveries by social enterprises of which the buyer accepted at least something.'),
    (3, 'buyers', false,
     'Verschillende organisaties die een vraag publiceerden of een levering accepteerden. Zonder '
     'gepubliceerde vraag kan niemand een offerte vragen of bestellen.',
     'Different organisations that published a need or accepted a delivery. Without a published '
     'need nobody can ask for a quote or order.'),
    (4, 'needs', false,
     'Vragen die ooit zijn gepubliceerd, ook als zij inmiddels zijn gegund of ingetrokken. Alle '
     'jaren en gemeenten.',
     'Needs that were ever published, also those awarded or cancelled since. All years and '
     'municipalities.'),
    (5, 'offers', false,
     'Aanbod dat nu op de markt staat, van toegelaten sociale ondernemingen. Concepten en '
     'ingetrokken aanbod tellen niet mee.',
     'Offers on the market now, of admitted social enterprises. Drafts and withdrawn offers do not '
     'count.'),
    (6, 'enterprises', false,
     'Sociale ondernemingen die nu zijn toegelaten tot de markt.',
     'Social enterprises that are admitted to the market now.'),
    (7, 'stories', false,
     'Tips en succesverhalen van steden die nu zijn gepubliceerd.',
     'Tips and success stories of cities that are published now.');

-- What others published. Sources that contradict each other stand side by side; none is corrected.
CREATE TABLE reporting.claim (
    code       text NOT NULL,
    place      integer NOT NULL,
    subject    text NOT NULL,
    subject_en text NOT NULL,
    value      text NOT NULL,
    source     text NOT NULL,
    as_of      date NOT NULL,
    PRIMARY KEY (code, place)
);
INSERT INTO reporting.claim (code, place, as_of, source, value, subject, subject_en) VALUES
    ('F1', 1, '2017-03-01', 'twentemove2social.nl', '48 – 27',
     'Twente Move2Social, ronde 1: aangemeld en haalbaar',
     'Twente Move2Social, round 1: entered and feasible'),
    ('F1', 2, '2017-06-26', 'twentemove2social.nl', '11',
     'Twente Move2Social, ronde 1: deelnemers',
     'Twente Move2Social, round 1: participants'),
    ('F1', 3, '2017-08-03', 'Consultancy.nl', 'meer dan 50 – 28 – 11',
     'Twente Move2Social, ronde 1: ingediend, voorgelegd aan de partners, deelnemers',
     'Twente Move2Social, round 1: submitted, presented to the partners, participants'),
    ('F1', 4, '2017-12-01', 'move2social.nl', '11 van 11',
     'Twente Move2Social, ronde 1: deelnemers die het programma afrondden',
     'Twente Move2Social, round 1: participants who finished the programme'),
    ('F1', 5, '2017-12-01', 'move2social.nl', '9 van 11',
     'Twente Move2Social, ronde 1: deelnemers met belangstelling van financiers',
     'Twente Move2Social, round 1: participants in whom financiers showed interest'),
    ('F2', 1, '2017-08-03', 'Consultancy.nl', 'meer dan 50',
     'Twente Move2Social, ronde 2: aanmeldingen',
     'Twente Move2Social, round 2: registrations'),
    ('F3', 1, '2017-08-03', 'Consultancy.nl', 'meer dan 120',
     'Social Impact Market: producten en diensten',
     'Social Impact Market: products and services'),
    ('F4', 1, '2017-08-03', 'Consultancy.nl', 'meer dan € 165.000',
     'Social Impact Market: omzet voor sociaal ondernemers in 2016',
     'Social Impact Market: revenue for social entrepreneurs in 2016'),
    ('F4', 2, '2018-07-01', 'betterentrepreneurship.eu (OESO en Europese Commissie)',
     'ongeveer € 500.000, ten minste 100 matches',
     'Social Impact Market: waarde en aantal van de matches sinds de start in januari 2016',
     'Social Impact Market: value and number of matches since its start in January 2016'),
    ('F5', 1, '2017-08-03', 'Consultancy.nl', 'ongeveer 80',
     'Social Impact Market: organisaties die er gebruik van maakten',
     'Social Impact Market: organisations that used it'),
    ('F5', 2, '2018-07-01', 'betterentrepreneurship.eu (OESO en Europese Commissie)',
     'ongeveer 200 ondernemingen, 10 bedrijven, 22 overheden',
     'Social Impact Market: deelnemers naar soort',
     'Social Impact Market: participants by kind'),
    ('F6', 1, '2017-08-03', 'Consultancy.nl', '38',
     'G32-stedennetwerk: gemeenten',
     'G32 city network: municipalities'),
    ('F6', 2, '2018-01-01', 'g32.nl', '40',
     'Stedennetwerk, voortaan G40: gemeenten na toetreding van Assen en Hilversum',
     'City network, from now on G40: municipalities after Assen and Hilversum joined'),
    ('F7', 1, '2017-08-03', 'Consultancy.nl', '10',
     'Twente Move2Social: partners',
     'Twente Move2Social: partners'),
    ('F7', 2, '2017-12-01', 'move2social.nl', '12',
     'Twente Move2Social: partners',
     'Twente Move2Social: partners');

GRANT SELECT, INSERT, UPDATE, DELETE ON reporting.organisation, reporting.offer, reporting.need,
    reporting.delivery, reporting.round, reporting.initiative, reporting.story, reporting.adoption,
    reporting.level TO mw_reporting;
GRANT SELECT ON reporting.stage, reporting.definition, reporting.claim TO mw_reporting;
