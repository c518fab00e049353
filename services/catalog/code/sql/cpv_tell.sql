-- The number of the event that tells of codes.
UPDATE catalog.cpv_told SET version = version + 1 RETURNING version
