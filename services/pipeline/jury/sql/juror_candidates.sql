-- Who applies, for a juror to say where they are not impartial.
SELECT c.initiative_id AS id, c.applicant_name, c.title FROM pipeline.candidates (:id::uuid) c LIMIT :call_rows::int
