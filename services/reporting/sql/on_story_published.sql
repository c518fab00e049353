-- A city published a story.
INSERT INTO reporting.story (id, city_id) VALUES (:id::uuid, :city_id::uuid)
