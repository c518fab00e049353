-- One invitation that the caller sent or got; and how many the buyer has invited, of how many that its policy allows.
SELECT i.*, n.route AS need_route,
       (SELECT count (*) FROM pipeline.invitation o WHERE o.need_id = i.need_id) AS invited,
       (SELECT p.max_invites
        FROM pipeline.policy_of (i.buyer_id, pipeline.dutch_day (coalesce (n.published_at, :call_now::timestamptz))) p) AS max_invites
FROM pipeline.invitation_record i JOIN pipeline.need n ON n.id = i.need_id
WHERE i.id = ANY (:call_targets::uuid[])
