-- Organisations as a moderator sees them: those that wait for one, or those in a state.
WITH found AS (
    SELECT r.* FROM catalog.organisation_record r
     WHERE CASE WHEN :state::text IS NULL
                THEN r.state IN ('registered', 'identity_checked', 'under_review', 'recheck_due', 'suspended')
                     OR (r.takes_part AND r.claims_open)
                ELSE r.state = :state END
)
SELECT id, name, kind, state, kvk_number, kvk_check, kvk_name, kvk_legal_form, legal_form, mission, staff,
       staff_target_group, label_claims, claims_open, criterion, decision, due_at, tied, fictional, created_at,
       id::text AS cursor, (SELECT count (*) FROM found) AS total
  FROM found
 WHERE :call_cursor::text IS NULL
    OR (created_at, id) > (SELECT c.created_at, c.id FROM found c WHERE c.id = catalog.cursor_id (:call_cursor))
 ORDER BY created_at, id
 LIMIT :call_rows::int
