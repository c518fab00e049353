-- As in 0065: as a text it does not keep columns from being added.
CREATE OR REPLACE FUNCTION pipeline.credited_cents (v pipeline.invoice) RETURNS bigint LANGUAGE sql STABLE
AS $$ SELECT v.credited_cents $$;

CREATE OR REPLACE FUNCTION pipeline.match_differences (l pipeline.invoice_line, o pipeline.order_line) RETURNS text[] LANGUAGE sql IMMUTABLE
AS $$ SELECT array_remove (ARRAY [
    CASE WHEN l.unit_price_cents <> o.unit_price_cents THEN 'price' END,
    CASE WHEN l.vat <> o.vat THEN 'vat' END,
    CASE WHEN o.invoiced - o.credited > o.accepted - o.returned THEN 'quantity' END,
    CASE WHEN o.disputed > 0 THEN 'disputed' END], NULL) $$;
