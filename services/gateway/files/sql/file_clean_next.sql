-- The document of which somebody waits longest for a copy.
SELECT place, record, nth, source, media_type FROM blob.clean_next ()
