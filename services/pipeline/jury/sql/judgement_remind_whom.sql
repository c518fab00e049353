-- Who is reminded of a judgement, unless they were told today, or the jury scores no longer.
SELECT j.id
FROM pipeline.judgement x
JOIN pipeline.juror j ON j.id = x.juror_id AND j.state = 'active'
JOIN pipeline.round r ON r.id = x.round_id AND r.state = 'scoring'
WHERE x.id = :id::uuid AND coalesce (j.reminded_at < :call_now::timestamptz - interval '1 day', true)
