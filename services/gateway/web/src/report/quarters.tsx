// Revenue per quarter, stacked by kind of buyer.
import { AsTable, Legend, StackedBars, type Series } from '../lib/charts';
import { dictionary, euro, number, word, type Lang } from '../lib/i18n';
import { Heading } from '../lib/ui';
import type { OrgKind, RevenueCell } from '../gen/api';
import { Download, type Cell } from './csv';

const texts = dictionary(
  {
    title: 'Omzet per kwartaal',
    unit: 'In duizenden euro’s exclusief btw, naar soort inkoper',
    quarter: 'Kwartaal',
    total: 'Totaal',
    says: (from: string, to: string, first: string, last: string) =>
      `Omzet per kwartaal, van ${from} (${first}) tot ${to} (${last}). ` +
      'De tabel onder de grafiek bevat alle cijfers.',
    none: 'In deze selectie is nog niets geaccepteerd.',
  },
  {
    title: 'Revenue per quarter',
    unit: 'In thousands of euros excluding VAT, by kind of buyer',
    quarter: 'Quarter',
    total: 'Total',
    says: (from: string, to: string, first: string, last: string) =>
      `Revenue per quarter, from ${from} (${first}) to ${to} (${last}). ` +
      'The table under the chart has all figures.',
    none: 'Nothing has been accepted in this selection yet.',
  },
);

interface Quarter {
  year: number;
  quarter: number;
}

const nth = ({ year, quarter }: Quarter) => year * 4 + quarter - 1;
const nameOf = (one: Quarter) => `Q${one.quarter} ${one.year}`;

// All quarters from the first to the last with revenue, so that a gap is seen as one.
const span = (cells: RevenueCell[]): Quarter[] => {
  const numbers = cells.map(nth);
  const first = Math.min(...numbers);
  return Array.from({ length: Math.max(...numbers) - first + 1 }, (_, at) => ({
    year: Math.floor((first + at) / 4),
    quarter: ((first + at) % 4) + 1,
  }));
};

const valueOf = (cells: RevenueCell[], at: Quarter, kind?: OrgKind) =>
  cells
    .filter((cell) => nth(cell) === nth(at) && (kind === undefined || cell.buyer_kind === kind))
    .reduce((sum, cell) => sum + cell.revenue_cents, 0);

// Kinds of buyers with the most revenue first, so that the largest stands at the bottom.
const kindsOf = (cells: RevenueCell[]): OrgKind[] => {
  const sums = new Map<OrgKind, number>();
  for (const { buyer_kind, revenue_cents } of cells)
    sums.set(buyer_kind, (sums.get(buyer_kind) ?? 0) + revenue_cents);
  return [...sums].sort(([, a], [, b]) => b - a).map(([kind]) => kind);
};

const Chart = ({ cells, lang }: { cells: RevenueCell[]; lang: Lang }) => {
  const t = texts(lang);
  const quarters = span(cells);
  const kinds = kindsOf(cells);
  const series: Series[] = kinds.map((kind) => ({
    name: word('org_kind', kind, lang),
    values: quarters.map((at) => valueOf(cells, at, kind)),
  }));
  const totals = quarters.map((at) => valueOf(cells, at));
  const small = Math.max(...totals) < 1_000_000;
  const thousands = (cents: number) => number(cents / 100_000, lang, small ? 1 : 0);
  const [first] = quarters;
  const last = quarters[quarters.length - 1];
  const summary =
    first && last
      ? t.says(
          nameOf(first),
          nameOf(last),
          euro(totals[0] ?? 0, lang),
          euro(totals.at(-1) ?? 0, lang),
        )
      : t.title;
  const rows = (): Cell[][] => [
    [t.quarter, ...series.map((one) => one.name), t.total],
    ...quarters.map((at, row) => [
      nameOf(at),
      ...series.map((one) => (one.values[row] ?? 0) / 100),
      (totals[row] ?? 0) / 100,
    ]),
  ];
  return (
    <>
      <Legend id="quarters" items={series.map((one) => one.name)} />
      <StackedBars
        id="quarters"
        summary={summary}
        categories={quarters.map((at) => ({
          label: `Q${at.quarter}`,
          group: String(at.year),
        }))}
        series={series}
        axis={thousands}
        exact={(cents) => euro(cents, lang, true)}
      />
      <AsTable<Quarter>
        lang={lang}
        caption={t.title}
        rows={quarters}
        columns={[
          { head: t.quarter, cell: nameOf },
          ...kinds.map((kind) => ({
            head: word('org_kind', kind, lang),
            number: true,
            cell: (at: Quarter) => euro(valueOf(cells, at, kind), lang, true),
          })),
          {
            head: t.total,
            number: true,
            cell: (at) => euro(valueOf(cells, at), lang, true),
          },
        ]}
      />
      <Download lang={lang} label={t.title} file="omzet-per-kwartaal" rows={rows} />
    </>
  );
};

export const Quarters = ({ cells, lang }: { cells: RevenueCell[]; lang: Lang }) => {
  const t = texts(lang);
  return (
    <section class="mw-panel" aria-labelledby="quarters-title">
      <Heading level={2} look={3} id="quarters-title">
        {t.title}
      </Heading>
      {cells.length === 0 ? (
        <p class="mw-quiet">{t.none}</p>
      ) : (
        <>
          <p class="mw-quiet">{t.unit}</p>
          <Chart cells={cells} lang={lang} />
        </>
      )}
    </section>
  );
};
