-- A new initiative of the caller's organisation in a round; it may follow one of an earlier round that went no further.
WITH tied AS (
    INSERT INTO pipeline.tie (account_id, kind, value)
    SELECT app.account (), split_part (t, ':', 1), split_part (t, ':', 2) FROM unnest (:ties::text[]) t
    ON CONFLICT DO NOTHING
)
INSERT INTO pipeline.initiative
    (id, round_id, programme_id, applicant_id, manager_id, title, summary, plan, municipality, goals, target_groups, ask_cents,
     min_viable_cents, stage, language, answers, team, co_applicant_ids, documents, consent, parent_id, fictional, state, created_at)
SELECT :call_id::uuid, r.id, r.programme_id, :call_org::uuid, r.manager_id, :title, :summary, :plan, :municipality, :goals::text[],
       :target_groups::text[], :ask_cents::bigint, :min_viable_cents::bigint, :stage::text, :language::text, :answers::jsonb, :team::jsonb,
       ARRAY (SELECT DISTINCT (c ->> 'organisation_id')::uuid FROM jsonb_array_elements (:co_applicants::jsonb) c),
       :documents::jsonb, :consent::boolean, :parent_id::uuid, :fictional::boolean, 'draft', :call_now::timestamptz
FROM pipeline.round r
WHERE r.id = :round_id::uuid
  AND (:parent_id::uuid IS NULL OR EXISTS (
      SELECT FROM pipeline.initiative p
      WHERE p.id = :parent_id::uuid AND p.applicant_id = :call_org::uuid AND p.round_id <> r.id
        AND p.state IN ('ineligible_final', 'not_presented', 'not_selected', 'declined', 'not_financed', 'withdrawn', 'withdrawn_late',
                        'closed_by_round', 'dropped_out', 'not_realised')))
RETURNING id
