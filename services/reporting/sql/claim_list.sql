-- What others published, by figure and then by date.
SELECT code, subject, subject_en, value, source, as_of, code || '/' || place AS cursor
FROM reporting.claim
ORDER BY code, as_of, place
