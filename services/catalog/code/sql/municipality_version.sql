-- How often a municipality was corrected: the number of its event.
SELECT version FROM app.municipality WHERE code = :code
