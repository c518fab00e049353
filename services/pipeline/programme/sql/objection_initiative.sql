-- What an objection is about.
SELECT o.initiative_id AS id FROM pipeline.objection o WHERE o.id = :call_target::uuid
