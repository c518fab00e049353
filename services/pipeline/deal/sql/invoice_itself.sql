-- The invoice that the step was about, for what follows from it.
SELECT :call_target::uuid AS id
