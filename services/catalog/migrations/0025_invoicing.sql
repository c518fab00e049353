-- What an invoice says of who sends it and of who gets it.
ALTER TABLE catalog.organisation
    ADD COLUMN street text, ADD COLUMN house_number text, ADD COLUMN postcode text,
    ADD COLUMN city text, ADD COLUMN country text, ADD COLUMN vat_number text, ADD COLUMN oin text,
    ADD COLUMN iban text, ADD COLUMN payment_days bigint;
