-- What nobody embedded for a day goes.
SELECT blob.sweep (clock_timestamp () - interval '1 day', :most::int)
