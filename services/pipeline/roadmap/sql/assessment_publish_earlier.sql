-- What was in force for the same city and theme.
SELECT earlier.id
  FROM pipeline.assessment published
  JOIN pipeline.assessment earlier USING (city_id, theme)
 WHERE published.id = :id::uuid AND earlier.id <> published.id AND earlier.state = 'published'
