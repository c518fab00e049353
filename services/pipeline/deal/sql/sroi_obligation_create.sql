-- What the caller owes a municipality, by the tariff that held when the tender was published.
INSERT INTO pipeline.sroi_obligation
    (id, contractor_id, municipality_id, contract, published_on, contract_cents, share_ppm, owed_cents, period_from, period_until,
     tariff_id, purchase_ppm, fictional, created_at)
SELECT :call_id::uuid, :call_org::uuid, t.municipality_id, :contract::text, :published_on::date, :contract_cents::bigint,
       :share_ppm::bigint, ceil (:contract_cents::numeric * :share_ppm::bigint / 1000000)::bigint, :period_from::date,
       :period_until::date, t.id, t.purchase_ppm, coalesce (:fictional::boolean, false), :call_now::timestamptz
FROM pipeline.sroi_tariff t
WHERE t.municipality_id = :municipality_id::uuid AND t.state = 'adopted' AND t.valid_from <= :published_on::date
ORDER BY t.valid_from DESC LIMIT 1
RETURNING id
