-- Replaces what an offer says. Of one on the market only what may change at once, and that is kept.
WITH given AS (
    SELECT o.id, o.state, catalog.offer_text (to_jsonb (o)) AS before,
           catalog.offer_text (jsonb_build_object (
               'title', :title::text, 'title_en', :title_en::text, 'description', :description::text,
               'description_en', :description_en::text, 'kind', :kind::text, 'sector', :sector::text, 'cpv', :cpv::text,
               'price_cents', :price_cents::bigint, 'price_mode', :price_mode::text, 'tiers', :tiers::jsonb,
               'unit', :unit::text, 'vat', :vat::text, 'lead_days', :lead_days::bigint, 'capacity', :capacity::bigint,
               'national', :national::boolean, 'region', :region::text[], 'goals', :goals::text[],
               'target_groups', :target_groups::text[], 'impact', :impact::text, 'documents', :documents::jsonb,
               'valid_until', :valid_until::date, 'fictional', :fictional::boolean)) AS after
      FROM catalog.offer o WHERE o.id = :call_target::uuid
), kept AS (
    INSERT INTO catalog.offer_edit (id, offer_id, supplier_id, proposed, before, fields, low_risk, decided_at, fictional,
                                      state, created_at)
    SELECT :call_id::uuid, g.id, :call_org::uuid, g.after, g.before, catalog.offer_differs (g.before, g.after), true,
           :call_now::timestamptz, :fictional::boolean, 'applied', :call_now::timestamptz
      FROM given g WHERE g.state = 'published'
)
UPDATE catalog.offer o
   SET title = :title, title_en = :title_en, description = :description,
       description_en = :description_en, kind = :kind, sector = :sector, cpv = :cpv,
       price_cents = :price_cents::bigint, price_mode = :price_mode, tiers = :tiers::jsonb, unit = :unit, vat = :vat,
       lead_days = :lead_days::bigint, capacity = :capacity::bigint, national = :national::boolean,
       region = :region::text[], goals = :goals::text[], target_groups = :target_groups::text[], impact = :impact,
       documents = :documents::jsonb, valid_until = :valid_until::date, fictional = :fictional::boolean
  FROM given
 WHERE o.id = given.id AND (given.state <> 'published'
                            OR catalog.is_low_risk (given.before, given.after, :call_now::timestamptz))
RETURNING o.id
