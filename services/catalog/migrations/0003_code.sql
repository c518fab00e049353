-- The Common Procurement Vocabulary, everyday words for it, and the words of each offer.

-- Official lists are the same for everybody and belong to nobody: no row-level security.
CREATE TABLE catalog.cpv_code (
    code    text PRIMARY KEY CHECK (code ~ '^[0-9]{8}-[0-9]$'),
    name    text NOT NULL,
    name_en text NOT NULL,
    digits  text NOT NULL GENERATED ALWAYS AS (left (code, 8)) STORED UNIQUE,
    -- The part that says something: 55320000 is 5532, but 30000000 stays 30.
    stem    text NOT NULL GENERATED ALWAYS AS (
                left (code, greatest (2, length (rtrim (left (code, 8), '0'))))) STORED,
    words   tsvector NOT NULL GENERATED ALWAYS AS (
                to_tsvector ('catalog.nl', name) || to_tsvector ('catalog.en', name_en)) STORED
);
CREATE INDEX cpv_words ON catalog.cpv_code USING gin (words);
GRANT SELECT, INSERT, UPDATE ON catalog.cpv_code TO mw_catalog;

-- Where the official name lacks the word that people use. Dated, so that a list can be replaced.
CREATE TABLE catalog.cpv_synonym (
    word   text NOT NULL,
    digits text NOT NULL,
    since  date NOT NULL,
    PRIMARY KEY (word, digits)
);
GRANT SELECT ON catalog.cpv_synonym TO mw_catalog;

-- An offer is found by its own words, by the Dutch and English name of its code, and by the everyday
-- words for that. They are taken when the offer is written: codes are loaded before offers are.
CREATE FUNCTION catalog.offer_words () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words :=
        setweight (to_tsvector ('catalog.nl', NEW.title), 'A')
        || setweight (to_tsvector ('catalog.en', coalesce (NEW.title_en, '')), 'A')
        || setweight (to_tsvector ('catalog.nl', concat_ws (' ', NEW.description, NEW.impact)), 'C')
        || setweight (to_tsvector ('catalog.en', coalesce (NEW.description_en, '')), 'C')
        || setweight (coalesce (
               (SELECT words FROM catalog.cpv_code WHERE code = NEW.cpv), ''), 'B')
        || setweight (to_tsvector ('catalog.nl', coalesce (
               (SELECT string_agg (word, ' ' ORDER BY word) FROM catalog.cpv_synonym
                 WHERE digits = left (NEW.cpv, 8)), '')), 'D');
    RETURN NEW;
END $$;
CREATE TRIGGER words
    BEFORE INSERT OR UPDATE OF title, title_en, description, description_en, impact, cpv
    ON catalog.offer FOR EACH ROW EXECUTE FUNCTION catalog.offer_words ();

-- How much two texts look alike, from 0 to 1: the part of the first one's trigrams that the second
-- has. For what is misspelt, or written as one word where the vocabulary has three.
CREATE FUNCTION catalog.likeness (typed text, name text) RETURNS float8
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT avg ((strpos (lower (name), substr (lower (typed), place, 3)) > 0)::int)::float8
      FROM generate_series (1, length (typed) - 2) AS place
$$;

-- A place name as people type it: without capitals, apostrophes, hyphens and spaces.
CREATE FUNCTION catalog.plain_name (name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT regexp_replace (lower (name), '[’‘''`´ -]', '', 'g') $$;

-- How the network of cities was called, by date. The first name is older than our data.
CREATE TABLE catalog.network (
    since date PRIMARY KEY,
    name  text NOT NULL
);
INSERT INTO catalog.network (since, name) VALUES ('-infinity', 'G32'), ('2018-01-01', 'G40');
GRANT SELECT ON catalog.network TO mw_catalog;
