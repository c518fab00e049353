-- Replaces what a story says.
UPDATE catalog.story
   SET kind = :kind, theme = :theme, title = :title, problem = :problem, approach = :approach,
       result = :result, fictional = :fictional::boolean
 WHERE id = :call_target::uuid
RETURNING id
