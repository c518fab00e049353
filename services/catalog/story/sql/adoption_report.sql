-- Whether it worked, and what was learnt.
UPDATE catalog.adoption SET result = :result, lesson = :lesson
 WHERE id = :call_target::uuid
RETURNING id
