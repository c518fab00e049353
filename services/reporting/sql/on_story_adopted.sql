-- A city takes over the story of another.
INSERT INTO reporting.adoption (id, story_city_id, city_id)
VALUES (:id::uuid, :story_city_id::uuid, :city_id::uuid)
