-- A basket for the guest of a purchasing system, with what it brings along that can still be ordered, at the prices of now.
INSERT INTO pipeline.basket (id, buyer_id, account_id, opened_by, title, lines, source, system_id, operation, buyer_cookie, return_url,
                             buyer_domain, buyer_identity, fictional, created_at)
SELECT :call_id::uuid, s.buyer_id, :account_id::uuid, app.account (), s.label,
       (SELECT coalesce (jsonb_agg (l || jsonb_build_object ('no', n) ORDER BY n), '[]')
        FROM (SELECT l, row_number () OVER (ORDER BY l -> 'no') AS n
              FROM jsonb_array_elements (pipeline.basket_lines (:lines::jsonb, :call_now::timestamptz)) l
              WHERE l ->> 'unit_price_cents' IS NOT NULL) x),
       'punchout', s.id, :operation::text, :buyer_cookie::text, :return_url::text, :domain::text, :identity::text, s.fictional,
       :call_now::timestamptz
FROM pipeline.purchase_system s WHERE s.id = :system_id::uuid
RETURNING id
