-- What is off an invoice is a column since invoices have credit notes; nothing is looked up by name any more.
CREATE OR REPLACE FUNCTION pipeline.credited_cents (v pipeline.invoice) RETURNS bigint
LANGUAGE sql STABLE
RETURN v.credited_cents;
