// quotes.mjs - quotes that wait for their order, as many as a measurement places.
const threeLines = [
    { description: 'Snoeien', unit: 'uur', quantity: 10, unit_price_cents: 1333, vat: 'high' },
    { description: 'Vaste planten', unit: 'stuk', quantity: 7, unit_price_cents: 205, vat: 'low' },
    { description: 'Afvoeren', unit: 'zak', quantity: 3, unit_price_cents: 101, vat: 'high' },
];

/* Ids are made of a number, so that a generator finds a quote without asking. */
const numbered = (kind) => `('00000000-0000-7000-${kind}-' || lpad (n::text, 12, '0'))::uuid`;

/** SQL: so many awarded quotes of this supplier's for this buyer, numbered from 0. */
export const quotes = ({ buyer, supplier, count, lines = threeLines }) => `
INSERT INTO pipeline.known_organisation (id, name, kind, municipality, state, fictional, version)
VALUES ('${buyer}', 'Gemeente', 'municipality', 'GM0153', 'admitted', true, 1),
       ('${supplier}', 'Leverancier', 'enterprise', 'GM0153', 'admitted', true, 1)
ON CONFLICT DO NOTHING;
INSERT INTO pipeline.need (id, buyer_id, title, description, kind, sector, cpv, municipality,
    quote_deadline, fictional, published_at, state, created_at)
SELECT ${numbered('a000')}, '${buyer}', 'Onderhoud van de binnentuin',
    'Wekelijks onderhoud van de binnentuin, van maart tot en met oktober.', 'service', 'green',
    '{77310000-6}', 'GM0153', now (), true, now (), 'awarded', now ()
FROM generate_series (0, ${count - 1}) n;
INSERT INTO pipeline.quote (id, need_id, supplier_id, buyer_id, lines, total_cents, submitted_at,
    state, created_at)
SELECT ${numbered('8000')}, ${numbered('a000')}, '${supplier}', '${buyer}',
    '${JSON.stringify(lines)}', ${lines.reduce((sum, line) => sum + line.quantity * line.unit_price_cents, 0)}, now (), 'selected', now ()
FROM generate_series (0, ${count - 1}) n`;
