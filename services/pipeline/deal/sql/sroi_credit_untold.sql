-- Credits that what was done just now lowered or raised (pipeline.credits_stand).
SELECT c.id FROM pipeline.sroi_credit c WHERE c.net_cents <> c.told_cents ORDER BY c.id
