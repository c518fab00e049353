-- What was still in a round that was cancelled. A draft is its applicant's alone: the round does not know of it.
SELECT id FROM pipeline.initiative
WHERE round_id = :id::uuid
  AND state IN ('submitted', 'more_info', 'ineligible', 'objection', 'eligible', 'presented', 'selected')
ORDER BY id
