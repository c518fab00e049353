-- A new offer of the caller's own enterprise.
INSERT INTO catalog.offer
       (id, supplier_id, title, title_en, description, description_en, kind, sector, cpv,
       price_cents,
        unit, vat, lead_days, capacity, national, region, goals, target_groups, impact, fictional,
        state, created_at)
VALUES (:call_id::uuid, :call_org::uuid, :title, :title_en, :description, :description_en, :kind,
        :sector, :cpv, :price_cents::bigint, :unit, :vat, :lead_days::bigint, :capacity::bigint,
        :national::boolean, :region::text[], :goals::text[], :target_groups::text[], :impact,
        :fictional::boolean, 'draft', :call_now::timestamptz)
RETURNING id
