-- The bytes of a file of the caller's own organisation, when it is no larger than a table of offers is.
SELECT f.media_type, CASE WHEN f.size <= 5000000 THEN
           (SELECT string_agg (c.bytes, ''::bytea ORDER BY c.no) FROM blob.chunk c WHERE c.file_id = f.id) END AS content
  FROM blob.file f
 WHERE f.hash = :file AND f.owner_id = app.org ()
