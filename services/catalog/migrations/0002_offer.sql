-- Offers, and the words by which they are found.

-- Stemming without stop words: the texts keep every word, the question decides which of its own
-- count.
CREATE TEXT SEARCH DICTIONARY catalog.nl_stem (TEMPLATE = pg_catalog.snowball, Language = dutch);
CREATE TEXT SEARCH DICTIONARY catalog.en_stem (TEMPLATE = pg_catalog.snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION catalog.nl (COPY = pg_catalog.dutch);
CREATE TEXT SEARCH CONFIGURATION catalog.en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION catalog.nl
    ALTER MAPPING REPLACE pg_catalog.dutch_stem WITH catalog.nl_stem;
ALTER TEXT SEARCH CONFIGURATION catalog.en
    ALTER MAPPING REPLACE pg_catalog.english_stem WITH catalog.en_stem;

-- What somebody typed as a question: every word must be found, in Dutch or in English; the last one
-- may be the start of a word. Stop words count only when there is nothing else ("was" is also
-- laundry). NULL, which finds nothing, when there is no word in it.
CREATE FUNCTION catalog.question (typed text) RETURNS tsquery
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH word AS (
        SELECT ts_lexize ('pg_catalog.dutch_stem', word) = '{}'
                   OR ts_lexize ('pg_catalog.english_stem', word) = '{}' AS stop,
               '''' || replace (replace (word, '\', '\\'), '''', '''''') || ''''
                   || CASE WHEN place = count (*) OVER () THEN ':*' ELSE '' END AS quoted
          FROM regexp_split_to_table (btrim (lower (typed)), '[\s/,;-]+')
               WITH ORDINALITY AS split (word, place)
         WHERE word ~ '\w'
    ), chosen AS (
        SELECT to_tsquery ('catalog.nl', quoted) || to_tsquery ('catalog.en', quoted) AS either
          FROM word
         WHERE NOT stop OR NOT EXISTS (SELECT FROM word WHERE NOT stop)
    )
    SELECT string_agg ('(' || either::text || ')', ' & ')::tsquery
      FROM chosen
     WHERE numnode (either) > 0
$$;

CREATE TABLE catalog.offer (
    id             uuid PRIMARY KEY,
    supplier_id    uuid NOT NULL REFERENCES catalog.organisation,
    title          text NOT NULL,
    title_en       text,
    description    text NOT NULL,
    description_en text,
    kind           text NOT NULL CHECK (kind IN ('product', 'service', 'work')),
    sector         text NOT NULL,
    cpv            text NOT NULL,
    price_cents    bigint CHECK (price_cents >= 0),
    unit           text NOT NULL,
    vat            text NOT NULL CHECK (vat IN ('high', 'low', 'zero')),
    lead_days      bigint NOT NULL,
    capacity       bigint,
    national       boolean,
    region         text[],
    goals          text[],
    target_groups  text[],
    impact         text,
    fictional      boolean,
    state          text NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
    version        bigint NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL,
    words          tsvector NOT NULL
);
-- `words` has no index: row-level security looks at a row before an operator that might leak it, and
-- @@ counts as such, so none would be used. Reading 40,000 offers takes 40 ms (measured).
CREATE INDEX offer_by_supplier ON catalog.offer (supplier_id);
CREATE INDEX offer_on_market ON catalog.offer (id DESC) WHERE state = 'published';

ALTER TABLE catalog.offer ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.offer FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON catalog.offer USING (supplier_id = app.org ());
CREATE POLICY public ON catalog.offer FOR SELECT USING (state = 'published');
GRANT SELECT, INSERT, UPDATE ON catalog.offer TO mw_catalog;
