-- No invoice, credit note or change order comes to more than a record can say.
ALTER TABLE pipeline.invoice ADD CONSTRAINT within_amount CHECK (gross_cents <= 1000000000000);
ALTER TABLE pipeline.credit_note ADD CONSTRAINT within_amount CHECK (gross_cents <= 1000000000000);
ALTER TABLE pipeline.change_order ADD CONSTRAINT within_amount CHECK (delta_cents BETWEEN -1000000000000 AND 1000000000000);
