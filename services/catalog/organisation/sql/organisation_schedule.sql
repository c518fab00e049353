-- When an organisation takes no new work.
UPDATE catalog.organisation
   SET closed_from = :closed_from::date, closed_until = :closed_until::date, at_capacity = :at_capacity::boolean
 WHERE id = :call_target::uuid
RETURNING id
