-- As in 0065: as a text it does not keep columns from being added.
CREATE OR REPLACE FUNCTION pipeline.standing_cents (l pipeline.invoice_line, o pipeline.order_line, frozen_cents bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE
AS $$ SELECT greatest (0, (l.quantity - l.credited - o.disputed - greatest (0, o.returned - o.credited)) * l.unit_price_cents - frozen_cents) $$;
