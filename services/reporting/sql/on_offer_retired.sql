-- An offer left the market; a draft was never there.
DELETE FROM reporting.offer WHERE id = :id::uuid
