-- Social return (deploy/decisions/0036-sroi.md): tariffs by municipality and day, obligations, and credits that follow the ledger.

CREATE TABLE pipeline.sroi_tariff (
    id              uuid PRIMARY KEY,
    municipality_id uuid NOT NULL,
    valid_from      date NOT NULL,
    purchase_ppm    bigint NOT NULL CHECK (purchase_ppm BETWEEN 0 AND 1000000),
    source          text NOT NULL,
    fictional       boolean NOT NULL,
    state           text NOT NULL DEFAULT 'adopted' CHECK (state IN ('adopted', 'ended')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX tariff_once ON pipeline.sroi_tariff (municipality_id, valid_from) WHERE state = 'adopted';

CREATE TABLE pipeline.sroi_obligation (
    id              uuid PRIMARY KEY,
    contractor_id   uuid NOT NULL,
    municipality_id uuid NOT NULL CONSTRAINT other_municipality CHECK (municipality_id <> contractor_id),
    contract        text NOT NULL,
    published_on    date NOT NULL,
    contract_cents  bigint NOT NULL CHECK (contract_cents > 0),
    share_ppm       bigint NOT NULL CHECK (share_ppm BETWEEN 1 AND 1000000),
    owed_cents      bigint NOT NULL CHECK (owed_cents = ceil (contract_cents::numeric * share_ppm / 1000000)),
    period_from     date NOT NULL,
    period_until    date NOT NULL CHECK (period_until >= period_from),
    tariff_id       uuid NOT NULL REFERENCES pipeline.sroi_tariff,
    purchase_ppm    bigint NOT NULL,
    refuse_reason   text,
    fictional       boolean NOT NULL,
    state           text NOT NULL DEFAULT 'registered' CHECK (state IN ('registered', 'confirmed', 'closed', 'refused', 'withdrawn')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE INDEX sroi_obligation_by_contractor ON pipeline.sroi_obligation (contractor_id, id DESC);
CREATE INDEX sroi_obligation_by_municipality ON pipeline.sroi_obligation (municipality_id, id DESC);

-- By which tariff something is valued is settled when it is registered (D20).
CREATE FUNCTION pipeline.tariff_stays () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE check_violation USING CONSTRAINT = 'tariff_stays', MESSAGE = 'tariff_stays';
END $$;
CREATE TRIGGER tariff_stays BEFORE UPDATE OF valid_from, purchase_ppm ON pipeline.sroi_tariff
    FOR EACH ROW EXECUTE FUNCTION pipeline.tariff_stays ();
CREATE TRIGGER tariff_stays BEFORE UPDATE OF published_on, contract_cents, share_ppm, owed_cents, period_from, period_until, tariff_id, purchase_ppm
    ON pipeline.sroi_obligation FOR EACH ROW EXECUTE FUNCTION pipeline.tariff_stays ();

CREATE TABLE pipeline.sroi_credit (
    id              uuid PRIMARY KEY,
    obligation_id   uuid NOT NULL REFERENCES pipeline.sroi_obligation,
    contract        text NOT NULL,
    invoice_id      uuid NOT NULL,
    order_id        uuid NOT NULL,
    order_line_id   uuid NOT NULL,
    contractor_id   uuid NOT NULL,
    municipality_id uuid NOT NULL CHECK (municipality_id <> contractor_id),
    supplier_id     uuid NOT NULL,
    invoice_number  text NOT NULL,
    description     text NOT NULL,
    issued_on       date NOT NULL,
    in_period       boolean NOT NULL,
    purchase_ppm    bigint NOT NULL,
    net_cents       bigint NOT NULL CHECK (net_cents >= 0),
    credit_cents    bigint NOT NULL GENERATED ALWAYS AS (net_cents * purchase_ppm / 1000000) STORED,
    told_cents      bigint NOT NULL, -- net_cents as everybody was told last
    refuse_reason   text,
    verified_at     timestamptz,
    fictional       boolean NOT NULL,
    state           text NOT NULL DEFAULT 'assigned' CHECK (state IN ('assigned', 'verified', 'refused', 'withdrawn')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    CONSTRAINT line_of_invoice FOREIGN KEY (invoice_id, order_line_id) REFERENCES pipeline.invoice_line (invoice_id, order_line_id),
    CONSTRAINT within_net CHECK (credit_cents <= net_cents)
);
-- One line counts for one obligation, of one municipality, once (D19).
CREATE UNIQUE INDEX credited_once ON pipeline.sroi_credit (invoice_id, order_line_id) WHERE state IN ('assigned', 'verified');
CREATE INDEX sroi_credit_by_obligation ON pipeline.sroi_credit (obligation_id, id DESC);
CREATE INDEX sroi_credit_by_line ON pipeline.sroi_credit (order_line_id);
CREATE INDEX sroi_credit_by_order ON pipeline.sroi_credit (order_id, id DESC);
CREATE INDEX sroi_credit_by_contractor ON pipeline.sroi_credit (contractor_id, id DESC);
CREATE INDEX sroi_credit_by_municipality ON pipeline.sroi_credit (municipality_id, id DESC);
CREATE INDEX sroi_credit_untold ON pipeline.sroi_credit (id) WHERE net_cents <> told_cents;
CREATE INDEX sroi_credit_by_supplier ON pipeline.sroi_credit (supplier_id, id DESC);

ALTER TABLE pipeline.sroi_tariff ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.sroi_tariff FORCE ROW LEVEL SECURITY;
CREATE POLICY sroi_tariff_public ON pipeline.sroi_tariff FOR SELECT USING (true);
CREATE POLICY sroi_tariff_adopted ON pipeline.sroi_tariff FOR INSERT WITH CHECK (municipality_id = app.org ());
CREATE POLICY sroi_tariff_moved ON pipeline.sroi_tariff FOR UPDATE USING (municipality_id = app.org ());

ALTER TABLE pipeline.sroi_obligation ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.sroi_obligation FORCE ROW LEVEL SECURITY;
CREATE POLICY sroi_obligation_registered ON pipeline.sroi_obligation FOR INSERT WITH CHECK (contractor_id = app.org ());
CREATE POLICY sroi_obligation_read ON pipeline.sroi_obligation FOR SELECT USING (app.org () IN (contractor_id, municipality_id));
CREATE POLICY sroi_obligation_moved ON pipeline.sroi_obligation FOR UPDATE USING (app.org () IN (contractor_id, municipality_id));

-- The supplier sees that its work counts; its credit notes lower the credit.
ALTER TABLE pipeline.sroi_credit ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.sroi_credit FORCE ROW LEVEL SECURITY;
CREATE POLICY sroi_credit_assigned ON pipeline.sroi_credit FOR INSERT WITH CHECK (contractor_id = app.org ());
CREATE POLICY sroi_credit_read ON pipeline.sroi_credit FOR SELECT
    USING (app.org () IN (contractor_id, municipality_id, supplier_id));
CREATE POLICY sroi_credit_moved ON pipeline.sroi_credit FOR UPDATE
    USING (app.org () IN (contractor_id, municipality_id, supplier_id));

-- What of an invoice's line stands, in cents: not credited, not sent back, not in dispute (D18, D19). Of a line of an order that is on several
-- invoices, what was sent back or is in dispute is taken from each: rather too little than too much.
CREATE FUNCTION pipeline.standing_cents (l pipeline.invoice_line, o pipeline.order_line, frozen_cents bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN greatest (0, (l.quantity - l.credited - o.disputed - greatest (0, o.returned - o.credited)) * l.unit_price_cents - frozen_cents);

-- A credit follows what it rests on, whoever moves that, and whatever state its obligation is in.
CREATE FUNCTION pipeline.credits_stand () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE pipeline.sroi_credit c SET net_cents = pipeline.standing_cents (l, o, v.frozen_cents)
    FROM pipeline.invoice_line l
    JOIN pipeline.invoice v ON v.id = l.invoice_id
    JOIN pipeline.order_line o ON o.id = l.order_line_id
    WHERE c.invoice_id = l.invoice_id AND c.order_line_id = l.order_line_id AND c.state IN ('assigned', 'verified')
      AND CASE TG_TABLE_NAME WHEN 'invoice' THEN c.invoice_id = NEW.id
                             WHEN 'order_line' THEN c.order_line_id = NEW.id END;
    RETURN NULL;
END $$;
CREATE TRIGGER credits_stand AFTER UPDATE OF accepted, returned, credited, disputed ON pipeline.order_line
    FOR EACH ROW EXECUTE FUNCTION pipeline.credits_stand ();
CREATE TRIGGER credits_stand AFTER UPDATE OF frozen_cents, credited_cents ON pipeline.invoice
    FOR EACH ROW EXECUTE FUNCTION pipeline.credits_stand ();

CREATE VIEW pipeline.sroi_obligation_record WITH (security_invoker = true) AS
SELECT b.*, contractor.name AS contractor_name, municipality.name AS municipality_name,
       sums.assigned_cents, sums.verified_cents, greatest (0, b.owed_cents - sums.verified_cents) AS open_cents, sums.waiting
FROM pipeline.sroi_obligation b
LEFT JOIN pipeline.known_organisation contractor ON contractor.id = b.contractor_id
LEFT JOIN pipeline.known_organisation municipality ON municipality.id = b.municipality_id
CROSS JOIN LATERAL (
    SELECT coalesce (sum (c.credit_cents) FILTER (WHERE c.state = 'assigned'), 0)::bigint AS assigned_cents,
           coalesce (sum (c.credit_cents) FILTER (WHERE c.state = 'verified'), 0)::bigint AS verified_cents,
           count (*) FILTER (WHERE c.state = 'assigned') AS waiting
    FROM pipeline.sroi_credit c WHERE c.obligation_id = b.id) sums;

CREATE VIEW pipeline.sroi_credit_record WITH (security_invoker = true) AS
SELECT c.*, contractor.name AS contractor_name, supplier.name AS supplier_name, b.state AS obligation_state, v.state AS invoice_state
FROM pipeline.sroi_credit c
LEFT JOIN pipeline.sroi_obligation b ON b.id = c.obligation_id
LEFT JOIN pipeline.invoice v ON v.id = c.invoice_id
LEFT JOIN pipeline.known_organisation contractor ON contractor.id = c.contractor_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = c.supplier_id;

GRANT SELECT, INSERT, UPDATE ON pipeline.sroi_tariff, pipeline.sroi_obligation, pipeline.sroi_credit TO mw_pipeline;
GRANT SELECT ON pipeline.sroi_obligation_record, pipeline.sroi_credit_record TO mw_pipeline;
