-- A question that waits for an answer and a place that waits to come free each have a command of their own: an initiative can have had both.
ALTER TABLE pipeline.initiative NO FORCE ROW LEVEL SECURITY;
UPDATE pipeline.timer t SET command = 'elapse'
FROM pipeline.initiative i
WHERE t.noun = 'initiative' AND t.command = 'expire' AND i.id = t.thing_id AND i.state = 'waitlisted';
ALTER TABLE pipeline.initiative FORCE ROW LEVEL SECURITY;
