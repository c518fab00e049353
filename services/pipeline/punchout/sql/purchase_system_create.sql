-- A purchasing system of the caller's organisation, whose orders come in the caller's name.
INSERT INTO pipeline.purchase_system (id, buyer_id, account_id, label, domain, identity, return_url, fictional, created_at)
SELECT :call_id::uuid, k.id, :call_account::uuid, :label::text, coalesce (:domain::text, 'NetworkId'), :identity::text,
       :return_url::text, k.fictional, :call_now::timestamptz
FROM pipeline.known_organisation k WHERE k.id = :call_org::uuid
RETURNING id
