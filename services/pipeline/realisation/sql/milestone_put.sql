-- What will be there, and when; it stays with its initiative.
UPDATE pipeline.milestone SET what = :what, due_on = :due_on::date WHERE id = :call_target::uuid RETURNING id
