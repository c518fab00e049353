-- Which partner verifies it; without one, who runs the round.
UPDATE pipeline.milestone SET verifier_id = nullif (:organisation_id::uuid, manager_id) WHERE id = :call_target::uuid RETURNING id
