-- How many orders it became, and how many of them wait for a second person.
SELECT count (*), count (*) FILTER (WHERE state = 'awaiting') FROM pipeline.purchase_order WHERE basket_id = :basket_id::uuid
