-- Organisations by name: those that take part, and those that the caller may see besides.
WITH found AS (
    SELECT o.id, lower (o.name) AS by FROM catalog.organisation o
     WHERE o.state <> 'merged' -- the one that it is now stands here
       AND (:kind::text IS NULL OR o.kind = :kind)
       AND (:municipality::text IS NULL OR o.municipality = :municipality)
       AND (:q::text IS NULL
            OR strpos (lower (o.name), lower (:q)) > 0
            OR strpos (lower (o.mission), lower (:q)) > 0)
), page AS (
    SELECT f.id, f.by FROM found f
     WHERE :call_cursor::text IS NULL
        OR (f.by, f.id) > (SELECT lower (c.name), c.id FROM catalog.organisation c
                            WHERE c.id = catalog.cursor_id (:call_cursor))
     ORDER BY f.by, f.id
     LIMIT :call_rows::int
)
SELECT r.id, r.name, r.kind, r.kvk_number, r.legal_form, r.municipality, r.municipality_name, r.mission, o.story, r.website,
       r.goals, r.target_groups, r.staff, r.staff_target_group, r.label_claims, r.labels, r.fictional, r.closed_from,
       r.closed_until, r.at_capacity, r.takes_part, r.tied, r.settled, r.suspended_by_caller, r.suspension_confirmed,
       r.suspended_from, r.due_at, o.street, o.house_number, o.postcode, o.city,
       o.country, o.vat_number, o.oin, o.iban, o.payment_days, o.prompted_at,
       o.prompted_at + catalog.term_of ('prompt', now ()) AS prompt_from, o.merged_into, r.state, r.version, r.created_at,
       r.id::text AS cursor, (SELECT count (*) FROM found) AS total
  FROM page
  JOIN catalog.organisation_record r USING (id)
  JOIN catalog.organisation o USING (id)
 ORDER BY page.by, page.id
