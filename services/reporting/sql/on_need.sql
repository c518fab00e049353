-- A need that is open no more is not looked at any more.
DELETE FROM reporting.open_need WHERE id = :id::uuid AND :state::text <> 'open'
