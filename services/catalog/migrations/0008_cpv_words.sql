-- How well a code answers what was typed, and more everyday words for codes.

-- What somebody typed as whole words, in Dutch or in English: every one of them must be found. NULL: there is none.
CREATE FUNCTION catalog.whole_words (language regconfig, typed text) RETURNS tsquery
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN numnode (asked) > 0 THEN asked END
      FROM plainto_tsquery (language, typed) AS asked
$$;

-- One word as the end of longer ones, in singular or plural: "arts" in "huisartsen". In Dutch the end says what a compound
-- is. NULL, which matches nothing: it is not one word, or too short to tell.
CREATE FUNCTION catalog.as_end (typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '[[:alpha:]]' || lower (typed) || '(en|s|’s|''s)?\M'
     WHERE typed ~ '^[[:alpha:]]{3,}$'
$$;

-- What is left of one word without how it makes an agent or an act of a thing: "metselaar", "metselen", "metselwerk" and
-- "metselwerkzaamheden" are all about "metsel". NULL: nothing is left that tells enough.
CREATE FUNCTION catalog.root (typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT substring (lower (typed) FROM
        '^([[:alpha:]]{4,}?)(aars?|ers?|sters?|en|ingen|ing|werk|werken|werkzaamheden|dienst|diensten|bedrijf|bedrijven)$')
$$;

-- The longest beginning of one word, six letters at least, with which words of names begin: "schoonmaak" of
-- "schoonmaakmiddel". NULL: there is none.
CREATE FUNCTION catalog.known_start (typed text) RETURNS tsquery LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT start
      FROM generate_series (length (typed) - 1, 6, -1) AS size,
           to_tsquery ('simple', left (lower (typed), size) || ':*') AS start
     WHERE typed ~ '^[[:alpha:]]+$' AND EXISTS (SELECT FROM catalog.cpv_code WHERE words @@ start)
     ORDER BY size DESC
     LIMIT 1
$$;

-- Everyday Dutch words, as judged on 29 November 2026. What the stream was told of a code is told anew by the next import.
INSERT INTO catalog.cpv_synonym (since, word, digits)
SELECT '2026-11-29', word, digits
  FROM (VALUES
    ('stukadoor', '45410000'), ('stucwerk', '45410000'), ('metselaar', '45262500'),
    ('dakdekker', '45261000'), ('loodgieter', '45330000'), ('elektricien', '45310000'),
    ('tegelzetter', '45431000'), ('tegelwerk', '45431000'), ('aannemer', '45000000'),
    ('verbouwing', '45000000'), ('renovatie', '45453000'), ('klusbedrijf', '50700000'),
    ('onderhoudsmonteur', '50700000'), ('cv-ketel', '50720000'), ('hekwerk', '45340000'),
    ('straatwerk', '45233200'), ('stratenmaker', '45233200'), ('sloper', '45111100'),
    ('steiger', '45262100'), ('laptop', '30213100'), ('notebook', '30213100'), ('tablet', '30213200'),
    ('computer', '30213000'), ('beeldscherm', '30231300'), ('kopieerapparaat', '30121000'),
    ('kopieermachine', '30121000'), ('kantoorartikelen', '30192000'), ('kantoorbenodigdheden', '30192000'),
    ('papier', '30197600'), ('kopieerpapier', '30197640'), ('pen', '30192121'), ('catalogus', '22462000'),
    ('brochure', '22150000'), ('visitekaartje', '22900000'), ('boek', '22110000'), ('krant', '22200000'),
    ('tijdschrift', '22200000'), ('muziek', '92312000'), ('optreden', '92312000'), ('artiest', '92312000'),
    ('theater', '92312000'), ('kunst', '92311000'), ('kunstenaar', '92311000'), ('schilderij', '92311000'),
    ('museum', '92521000'), ('film', '92111000'), ('video', '92111000'), ('foto', '79961000'),
    ('fotografie', '79961000'), ('advocaat', '79110000'), ('jurist', '79110000'), ('notaris', '79100000'),
    ('juridisch advies', '79110000'), ('accountant', '79210000'), ('boekhouder', '79211000'),
    ('boekhouding', '79211000'), ('salarisadministratie', '79211000'), ('belasting', '79221000'),
    ('verzekering', '66510000'), ('lening', '66110000'), ('huisarts', '85121100'), ('arts', '85121000'),
    ('dokter', '85121000'), ('tandarts', '85130000'), ('ziekenhuis', '85111000'),
    ('verpleging', '85141200'), ('verzorging', '85312000'), ('fysiotherapie', '85142100'),
    ('kinderopvang', '85312110'), ('peuterspeelzaal', '85312110'), ('ouderenzorg', '85311100'),
    ('jeugdzorg', '85311300'), ('gehandicaptenzorg', '85311200'), ('schuldhulp', '85310000'),
    ('welzijn', '85320000'), ('re-integratie', '85312510'), ('begeleiding', '85312300'),
    ('dierenarts', '85200000'), ('stroom', '09310000'), ('stroom', '65310000'), ('elektra', '45310000'),
    ('energie', '09000000'), ('warmte', '09320000'), ('auto', '34110000'), ('auto', '34100000'),
    ('bestelauto', '34136000'), ('bestelbus', '34136000'), ('vrachtwagen', '34130000'),
    ('scooter', '34410000'), ('garage', '50110000'), ('autoreparatie', '50110000'),
    ('fietsenmaker', '50800000'), ('bakfiets', '34430000'), ('trein', '60200000'),
    ('vliegreis', '60400000'), ('bus', '60140000'), ('touringcar', '60140000'), ('vervoer', '60100000'),
    ('leerlingenvervoer', '60130000'), ('uitzendkracht', '79620000'), ('uitzendbureau', '79620000'),
    ('detachering', '79620000'), ('werving', '79600000'), ('personeel', '79600000'),
    ('tuinman', '77310000'), ('gras', '77310000'), ('gras', '77314000'), ('gazon', '77310000'),
    ('snoeien', '77340000'), ('boomverzorging', '77340000'), ('planten', '03451000'),
    ('onkruid', '77310000'), ('hovenier', '77300000'), ('prullenbak', '34928480'),
    ('vuilnisbak', '34928480'), ('vuilnis', '90511000'), ('afvalcontainer', '34928480'),
    ('grofvuil', '90511000'), ('plastic', '90514000'), ('papierafval', '90511400'),
    ('schoonmaakmiddel', '39830000'), ('schoonmaakmiddelen', '39830000'), ('schoonmaakster', '90910000'),
    ('interieurverzorging', '90910000'), ('glasbewassing', '90911300'), ('ongedierte', '90922000'),
    ('graffiti', '90690000'), ('sneeuwruimen', '90620000'), ('riool', '90400000'), ('rozen', '03121200'),
    ('bloemstuk', '03121210'), ('kamerplanten', '03121100'), ('brood', '15811000'),
    ('broodjes', '15811000'), ('broodjes', '55520000'), ('bakker', '15810000'), ('taart', '15812000'),
    ('gebak', '15812000'), ('groente', '03221000'), ('fruit', '03222000'), ('koffie', '15860000'),
    ('thee', '15860000'), ('frisdrank', '15980000'), ('bier', '15960000'), ('wijn', '15930000'),
    ('melk', '15511000'), ('kaas', '15540000'), ('vlees', '15100000'), ('vis', '15200000'),
    ('kok', '55320000'), ('kok', '55520000'), ('diner', '55300000'), ('receptiehapjes', '55520000'),
    ('koffieautomaat', '42933000'), ('restaurant', '55310000'), ('hotel', '55110000'),
    ('overnachting', '55110000'), ('zaalverhuur', '55120000'), ('zaalverhuur', '70220000'),
    ('kantoorruimte', '70310000'), ('werkplek', '70220000'), ('makelaar', '70300000'),
    ('bureaustoel', '39112000'), ('stoel', '39112000'), ('tafel', '39121200'), ('kast', '39122000'),
    ('gordijnen', '39515000'), ('tapijt', '39531000'), ('vloerbedekking', '39531000'),
    ('keuken', '39141000'), ('lampen', '31500000'), ('lamp', '31500000'), ('verlichting', '31500000'),
    ('wasmachine', '39713000'), ('koelkast', '39711130'), ('meubelmaker', '39100000'),
    ('meubelstoffering', '50850000'), ('t-shirt', '18331000'), ('trui', '18235000'), ('jas', '18220000'),
    ('schoenen', '18800000'), ('veiligheidsschoenen', '18830000'), ('werkkleding', '18110000'),
    ('uniform', '18110000'), ('tas', '18930000'), ('handdoeken', '39514100'), ('beddengoed', '39512000'),
    ('borduren', '98393000'), ('naaiwerk', '98393000'), ('naaister', '98393000'), ('kapper', '98320000'),
    ('kapper', '98321000'), ('uitvaart', '98370000'), ('begrafenis', '98370000'), ('sleutel', '98395000'),
    ('verhuizer', '98392000'), ('opslag', '63120000'), ('magazijn', '63120000'), ('logistiek', '63100000'),
    ('post', '64110000'), ('telefonie', '64210000'), ('internet', '72400000'), ('hosting', '72415000'),
    ('webwinkel', '72413000'), ('software', '48000000'), ('programmeur', '72200000'),
    ('computerhulp', '72253000'), ('helpdesk', '72253000'), ('data-analyse', '72316000'),
    ('digitaliseren', '79999100'), ('archief', '79995100'), ('typewerk', '79552000'),
    ('secretaresse', '79500000'), ('receptioniste', '79992000'), ('enquête', '79311000'),
    ('onderzoek', '73000000'), ('marktonderzoek', '79310000'), ('reclame', '79341000'),
    ('marketing', '79342000'), ('communicatie', '79416000'), ('opmaak', '79822500'),
    ('grafisch ontwerp', '79822500'), ('logo', '79822500'), ('illustratie', '79822500'),
    ('drukkerij', '79810000'), ('printen', '79810000'), ('kalender', '22817000'), ('vlag', '35821000'),
    ('congres', '79950000'), ('beurs', '79956000'), ('feest', '79952000'), ('bedrijfsuitje', '79952000'),
    ('rondleiding', '63514000'), ('bewaker', '79713000'), ('beveiliger', '79713000'),
    ('portier', '79992000'), ('conciërge', '98341130'), ('huismeester', '98341130'), ('alarm', '79711000'),
    ('brandblusser', '35111300'), ('ehbo', '33141623'), ('ehbo-cursus', '80500000'),
    ('consultant', '79410000'), ('projectleider', '79421000'), ('coach', '80500000'),
    ('opleiding', '80000000'), ('onderwijs', '80000000'), ('taalles', '80580000'),
    ('taalcursus', '80580000'), ('rijles', '80411000'), ('zwembad', '92610000'), ('speeltuin', '37535200'),
    ('speeltoestel', '37535200'), ('speelgoed', '37500000'), ('architect', '71200000'),
    ('bouwtekening', '71200000'), ('ingenieur', '71300000'), ('landmeter', '71355000'),
    ('duurzaamheid', '71314300'), ('isoleren', '45320000'), ('warmtepomp', '42511110'),
    ('airco', '42512000'), ('lift', '42416100'), ('fietsenstalling', '34928000'), ('houtwerk', '45420000'),
    ('hout', '03410000'), ('kozijn', '44221100')
  ) AS listed (word, digits);
