-- A need of the route of invitations for which fewer were invited than the buyer's policy wants is not opened.
-- tolerates older builds

-- How many fewer, by the policy of the day on which it came on the market; who declined was invited too.
CREATE FUNCTION pipeline.invites_short (need uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT greatest (0, p.min_invites - (SELECT count (*) FROM pipeline.invitation i WHERE i.need_id = n.id))
    FROM pipeline.need n, pipeline.policy_of (n.buyer_id, pipeline.dutch_day (coalesce (n.published_at, n.created_at))) p
    WHERE n.id = invites_short.need AND n.route = 'invited'
$$;
