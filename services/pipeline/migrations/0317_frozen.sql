-- One law for what is frozen when a round opens: all of it but where it is, its dates, and what is told of them. A rule that comes later is frozen by itself.
CREATE OR REPLACE FUNCTION pipeline.keep_rules () RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    goes_on CONSTANT text[] := '{state, version, opens_at, closes_at, screened_by, scored_by, decided_by, starts_at, table_at, extended_from, extend_reason,
                                 extensions, cancel_reason}';
BEGIN
    IF to_jsonb (NEW) - goes_on IS DISTINCT FROM to_jsonb (OLD) - goes_on THEN
        RAISE EXCEPTION 'the rules of round % are frozen', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_frozen';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER training_rules_frozen ON pipeline.round;
DROP TRIGGER document_rules_frozen ON pipeline.round;
DROP TRIGGER result_rules_frozen ON pipeline.round;
DROP TRIGGER verifier_policy_frozen ON pipeline.round;
DROP FUNCTION pipeline.keep_training_rules ();
DROP FUNCTION pipeline.keep_document_rules ();
DROP FUNCTION pipeline.keep_result_rules ();
DROP FUNCTION pipeline.keep_verifier_policy ();
