-- One appeal, for who lodged it and for handlers. The platform decided, so who belongs to it is on a side.
SELECT a.id, a.organisation_id, o.name AS organisation_name, a.grounds, a.criterion, a.decision, a.verdict,
       catalog.is_tied (a.organisation_id)
           OR EXISTS (SELECT FROM catalog.organisation p WHERE p.id = app.org () AND p.kind = 'platform') AS tied,
       o.state AS organisation_state, a.state, a.version, a.created_at
  FROM catalog.appeal a
  JOIN catalog.organisation o ON o.id = a.organisation_id
 WHERE a.id = ANY (:call_targets::uuid[])
