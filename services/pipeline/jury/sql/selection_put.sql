-- Another minute; what is chosen follows, and everybody signs afresh.
UPDATE pipeline.selection SET minute = :minute WHERE id = :call_target::uuid RETURNING id
