-- A line of another order, or of none, is told when it is written, not when somebody agrees to it.
CREATE FUNCTION pipeline.lines_of_order () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM jsonb_to_recordset (NEW.lines) AS l (order_line_id uuid)
               WHERE NOT EXISTS (SELECT FROM pipeline.order_line o
                                 WHERE o.id = l.order_line_id AND o.order_id = NEW.order_id)) THEN
        RAISE foreign_key_violation USING CONSTRAINT = 'line_of_order', MESSAGE = 'line_of_order';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER lines_of_order BEFORE INSERT ON pipeline.cancellation
    FOR EACH ROW EXECUTE FUNCTION pipeline.lines_of_order ();
CREATE TRIGGER lines_of_order BEFORE INSERT ON pipeline.goods_return
    FOR EACH ROW EXECUTE FUNCTION pipeline.lines_of_order ();
