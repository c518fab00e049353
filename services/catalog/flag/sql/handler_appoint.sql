-- Appoints an organisation that takes part, from a day on; the same day again sets the last one. The platform decides what is
-- appealed against, so it is never one.
INSERT INTO catalog.appointed AS known (organisation_id, since, until)
SELECT o.id, :since::date, :until::date
  FROM catalog.organisation o
 WHERE o.id = :organisation_id::uuid AND catalog.takes_part (o.state) AND o.kind <> 'platform'
    ON CONFLICT (organisation_id, since) DO UPDATE SET until = excluded.until, version = known.version + 1
RETURNING organisation_id, since, until
