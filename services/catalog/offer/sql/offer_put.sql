-- Replaces what an offer says.
UPDATE catalog.offer
   SET title = :title, title_en = :title_en, description = :description,
       description_en = :description_en, kind = :kind, sector = :sector, cpv = :cpv,
       price_cents = :price_cents::bigint, unit = :unit, vat = :vat, lead_days = :lead_days::bigint,
       capacity = :capacity::bigint, national = :national::boolean, region = :region::text[],
       goals = :goals::text[], target_groups = :target_groups::text[], impact = :impact,
       fictional = :fictional::boolean
 WHERE id = :call_target::uuid
RETURNING id
