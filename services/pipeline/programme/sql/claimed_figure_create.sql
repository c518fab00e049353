-- What somebody published of a round of the caller's.
INSERT INTO pipeline.claimed_figure
       (id, round_id, manager_id, source, url, said_on, text, submitted, submitted_more, presented, selected, fictional, state, created_at)
SELECT :call_id::uuid, r.id, r.manager_id, :source, :url, :said_on::date, :text, :submitted::bigint, :submitted_more::boolean,
       :presented::bigint, :selected::bigint, :fictional::boolean, 'cited', :call_now::timestamptz
  FROM pipeline.round r
 WHERE r.id = :round_id::uuid AND r.manager_id = :call_org::uuid
RETURNING id
