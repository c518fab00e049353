-- What an invoice says of its two parties, as the stream tells of them. The account and the days are
-- for who is to pay, and stand on the invoice alone.
ALTER TABLE pipeline.known_organisation
    ADD COLUMN kvk_number text, ADD COLUMN oin text, ADD COLUMN vat_number text,
    ADD COLUMN street text, ADD COLUMN house_number text, ADD COLUMN postcode text,
    ADD COLUMN city text, ADD COLUMN country text, ADD COLUMN iban text,
    ADD COLUMN payment_days bigint;
