-- A basket of the caller's, at the prices of now.
INSERT INTO pipeline.basket (id, buyer_id, account_id, title, reference, lines, source, fictional, created_at)
SELECT :call_id::uuid, k.id, :call_account::uuid, coalesce (:title::text, 'Mandje'), :reference::text,
       pipeline.basket_lines (:lines::jsonb, :call_now::timestamptz), coalesce (:source::text, 'market'), k.fictional, :call_now::timestamptz
FROM pipeline.known_organisation k WHERE k.id = :call_org::uuid
RETURNING id
