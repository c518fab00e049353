-- One membership.
SELECT id, account_id, roles, version FROM catalog.member
 WHERE id = :id::uuid AND account_id = :account_id::uuid
   FOR UPDATE
