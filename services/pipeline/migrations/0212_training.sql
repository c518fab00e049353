-- The rule of the certificate and how long a pause may last, as rules of a round; warnings, pauses and the end of a programme.
ALTER TABLE pipeline.round
    ADD COLUMN certificate_modules bigint,
    ADD COLUMN certificate_needs text[],
    ADD COLUMN pause_weeks bigint NOT NULL DEFAULT 8;
ALTER TABLE pipeline.initiative
    ADD COLUMN finished_at timestamptz,
    ADD COLUMN warning text,
    ADD COLUMN warned_until timestamptz,
    ADD COLUMN lapses_at timestamptz;

-- These are frozen with the others; a trigger of its own, so that each part of the rules says itself what it freezes.
CREATE FUNCTION pipeline.keep_training_rules () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.certificate_modules, NEW.certificate_needs, NEW.pause_weeks)
       IS DISTINCT FROM (OLD.certificate_modules, OLD.certificate_needs, OLD.pause_weeks) THEN
        RAISE EXCEPTION 'the rules of round % are frozen', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_frozen';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER training_rules_frozen BEFORE UPDATE ON pipeline.round
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION pipeline.keep_training_rules ();
