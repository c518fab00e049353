-- A city's level on a theme takes the place of the one before.
INSERT INTO reporting.level (municipality, theme, level, as_of)
VALUES (:municipality, :theme, :level::bigint, :as_of::date)
ON CONFLICT (municipality, theme) DO UPDATE SET level = excluded.level, as_of = excluded.as_of
