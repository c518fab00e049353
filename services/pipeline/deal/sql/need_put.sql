-- Replaces what the buyer wrote.
UPDATE pipeline.need
SET title = :title::text, description = :description::text, kind = :kind::text,
    sector = :sector::text, cpv = :cpv::text[], quantity = :quantity::bigint, unit = :unit::text,
    budget_cents = :budget_cents::bigint, municipality = :municipality::text,
    start_on = :start_on::date, quote_deadline = :quote_deadline::timestamptz,
    goals = :goals::text[], target_groups = :target_groups::text[],
    fictional = coalesce (:fictional::boolean, false), route = coalesce (:route::text, route),
    purpose = coalesce (:purpose::text, 'purchase'), spec_lines = :spec_lines::jsonb, criteria = :criteria::jsonb,
    shares = :shares::jsonb, sharer_ids = pipeline.sharer_ids (:shares::jsonb), reserved = coalesce (:reserved::boolean, false),
    documents = :documents::jsonb, question_deadline = :question_deadline::timestamptz
WHERE id = :call_target::uuid
RETURNING id
