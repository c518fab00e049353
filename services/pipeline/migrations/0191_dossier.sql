-- What is taken out of a dossier's texts: addresses of pages and of mail, and the names of who applies.

-- The names by which somebody is called: as registered, and without what says only of which kind they are.
CREATE FUNCTION pipeline.names_of (name text) RETURNS text [] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg (DISTINCT n) FROM (
        SELECT btrim (name) AS n
        UNION SELECT btrim (regexp_replace (name, '\s*\([^)]*\)', '', 'g'))
        UNION SELECT btrim (regexp_replace (regexp_replace (name, '\s*\([^)]*\)', '', 'g'),
                                            '\m(stichting|vereniging|coöperatie|coöperatieve|team|b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?)(\s+|$)', '', 'gi'))
    ) x WHERE length (n) > 2
$$;

CREATE FUNCTION pipeline.mask_pattern (names text []) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws ('|', '(?:https?://|www\.)\S+', '[[:alnum:]._%+-]+@[[:alnum:].-]+',
        '\m(?:[[:alnum:]-]+\.)+(?:nl|com|org|net|eu|info|nu|be|de|frl|amsterdam|shop|online|io|coop|social|example)\M(?:/\S*)?',
        (SELECT string_agg ('(?<![[:alnum:]])' || regexp_replace (n, '([^[:alnum:][:space:]])', '\\\1', 'g') || '(?![[:alnum:]])', '|'
                            ORDER BY length (n) DESC) FROM unnest (names) n WHERE length (n) > 2))
$$;

CREATE FUNCTION pipeline.mask (said text, names text []) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace (said, pipeline.mask_pattern (names), '▇▇▇', 'gi')
$$;

CREATE OR REPLACE FUNCTION pipeline.dossier_follow () RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pipeline AS $$
DECLARE
    names text [] := names_of ((SELECT o.name FROM known_organisation o WHERE o.id = NEW.applicant_id)) || ARRAY [NEW.title];
    asked jsonb := nullif (to_jsonb (NEW) -> 'answers', 'null');
BEGIN
    IF NEW.state = 'presented' THEN
        INSERT INTO dossier (round_id, initiative_id, manager_id, applicant_id, title, summary, plan, answers, goals, target_groups,
                             municipality, ask_cents, fictional, masked, created_at)
        VALUES (NEW.round_id, NEW.id, NEW.manager_id, NEW.applicant_id, NEW.title, mask (NEW.summary, names), mask (NEW.plan, names),
                (SELECT jsonb_agg (jsonb_build_object ('code', e.value ->> 'code', 'text', mask (e.value ->> 'text', names)) ORDER BY e.at)
                 FROM jsonb_array_elements (asked) WITH ORDINALITY e (value, at)),
                NEW.goals, NEW.target_groups, NEW.municipality, NEW.ask_cents, NEW.fictional,
                (SELECT array_agg (DISTINCT left (m [1], 200)) FROM regexp_matches (
                     concat_ws (' ', NEW.summary, NEW.plan, (SELECT string_agg (e ->> 'text', ' ') FROM jsonb_array_elements (asked) e)),
                     mask_pattern (names), 'gi') m),
                clock_timestamp ())
        ON CONFLICT (initiative_id) DO UPDATE
        SET state = 'shown', version = dossier.version + 1, title = excluded.title, summary = excluded.summary, plan = excluded.plan,
            answers = excluded.answers, masked = excluded.masked;
    ELSIF NEW.state IN ('withdrawn', 'withdrawn_late', 'closed_by_round', 'not_presented', 'eligible') THEN
        UPDATE dossier SET state = 'withdrawn', version = version + 1 WHERE initiative_id = NEW.id AND state = 'shown';
    END IF;
    RETURN NULL;
END
$$;

-- A text that the manager replaced is that text, also when it is empty; and once who applies may be known, all is as it was handed in.
GRANT EXECUTE ON FUNCTION pipeline.mask (text, text []) TO mw_pipeline;
