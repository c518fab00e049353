-- Which side said yes first.
UPDATE pipeline.pairing SET accepted_by = coalesce (accepted_by, :call_org::uuid) WHERE id = :call_target::uuid RETURNING id
