-- Impact that another organisation verified, as long as it stands: each claim is a row, so that every sum can be traced.
CREATE TABLE reporting.impact (
    id           uuid PRIMARY KEY,
    seq          bigint NOT NULL UNIQUE,
    supplier_id  uuid NOT NULL,
    municipality text NOT NULL,
    indicator    text NOT NULL,
    target_group text,
    quantity     bigint NOT NULL CHECK (quantity > 0),
    verified_on  date NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON reporting.impact TO mw_reporting;
