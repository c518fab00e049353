-- A draft of the caller's organisation.
INSERT INTO pipeline.need
    (id, buyer_id, title, description, kind, sector, cpv, quantity, unit, budget_cents,
     municipality, start_on, quote_deadline, goals, target_groups, fictional, created_at)
VALUES
    (:call_id::uuid, :call_org::uuid, :title::text, :description::text, :kind::text, :sector::text,
     :cpv::text[], :quantity::bigint, :unit::text, :budget_cents::bigint, :municipality::text,
     :start_on::date, :quote_deadline::timestamptz, :goals::text[], :target_groups::text[],
     coalesce (:fictional::boolean, false), :call_now::timestamptz)
RETURNING id
