-- A draft of the caller's organisation, and the secret of its draw, which leaves this statement as a hash only.
WITH fresh AS MATERIALIZED (
    SELECT sha256 (uuid_send (gen_random_uuid ()) || uuid_send (gen_random_uuid ())) AS secret
), made AS (
    INSERT INTO pipeline.need
        (id, buyer_id, title, description, kind, sector, cpv, quantity, unit, budget_cents,
         municipality, start_on, quote_deadline, goals, target_groups, fictional, created_at, draw_commitment,
         route, created_by, purpose, spec_lines, criteria, shares, sharer_ids, reserved, documents, question_deadline)
    SELECT
        :call_id::uuid, :call_org::uuid, :title::text, :description::text, :kind::text, :sector::text,
        :cpv::text[], :quantity::bigint, :unit::text, :budget_cents::bigint, :municipality::text,
        :start_on::date, :quote_deadline::timestamptz, :goals::text[], :target_groups::text[],
        coalesce (:fictional::boolean, false), :call_now::timestamptz, encode (sha256 (secret), 'hex'),
        coalesce (:route::text, pipeline.usual_route (:call_org::uuid)), :call_account::uuid,
        coalesce (:purpose::text, 'purchase'), :spec_lines::jsonb, :criteria::jsonb, :shares::jsonb,
        pipeline.sharer_ids (:shares::jsonb), coalesce (:reserved::boolean, false), :documents::jsonb,
        :question_deadline::timestamptz
    FROM fresh
    RETURNING id, buyer_id
), hidden AS (
    INSERT INTO pipeline.draw_secret (need_id, buyer_id, secret)
    SELECT id, buyer_id, secret FROM made, fresh
)
SELECT id FROM made
