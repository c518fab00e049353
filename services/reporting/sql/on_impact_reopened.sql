-- What a verified claim rests on went back or was credited: it counts no more.
DELETE FROM reporting.impact WHERE id = :id::uuid
