-- A new offer of the caller's own enterprise.
INSERT INTO catalog.offer
       (id, supplier_id, title, title_en, description, description_en, kind, sector, cpv, price_cents, price_mode, tiers,
        unit, vat, lead_days, capacity, national, region, goals, target_groups, impact, documents, valid_until, fictional,
        state, created_at)
VALUES (:call_id::uuid, :call_org::uuid, :title, :title_en, :description, :description_en, :kind,
        :sector, :cpv, :price_cents::bigint, :price_mode, :tiers::jsonb, :unit, :vat, :lead_days::bigint,
        :capacity::bigint, :national::boolean, :region::text[], :goals::text[], :target_groups::text[], :impact,
        :documents::jsonb, :valid_until::date, :fictional::boolean, 'draft', :call_now::timestamptz)
RETURNING id
