-- No more mail to the organisation in whose name this is asked.
UPDATE matching.alert_setting SET frequency = 'off' WHERE id = app.org () RETURNING id
