-- One goes on in another: nothing happens to it by itself any more, and its number, with those of whom it took in itself, is for
-- the other and for nobody else.
WITH target AS (
    SELECT catalog.merge_target (:into::uuid, :into_kvk) AS id
), taken_in AS (
    UPDATE catalog.organisation o SET firm = t.id FROM target t WHERE o.firm = :call_target::uuid
)
UPDATE catalog.organisation o
   SET merged_into = t.id, merged_from = o.state, firm = t.id, decision = :reason, decided_at = :call_now::timestamptz, due_at = NULL
  FROM target t
 WHERE o.id = :call_target::uuid
RETURNING o.id
