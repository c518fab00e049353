// The totals of the market as tiles, each with its definition, and the lines under the revenue.
import { useState } from 'preact/hooks';
import { get } from '../lib/api';
import { useDoing } from '../lib/form';
import { date, dictionary, euro, euroShort, number, word, type Lang } from '../lib/i18n';
import { FaultAlert, Hidden, Table } from '../lib/ui';
import type { CityFigures, Figure, ReportQuery, RevenueLine, RevenuePage } from '../gen/api';
import { Download, type Cell } from './csv';

const texts = dictionary(
  {
    offers: 'Aanbod op de markt',
    enterprises: 'Sociale ondernemingen',
    buyers: 'Inkopende organisaties',
    revenue: 'Omzet via het platform',
    needs: 'Geplaatste vragen',
    stories: 'Tips en verhalen',
    deliveries: 'Leveringen',
    definition: 'Wat telt mee?',
    exVat: 'exclusief btw',
    lines: 'Regels onder dit cijfer',
    linesTable: 'Geaccepteerde leveringen onder de omzet',
    day: 'Geaccepteerd op',
    who: 'Leverancier',
    buyerKind: 'Soort inkoper',
    where: 'Gemeente',
    amount: 'Bedrag excl. btw',
    event: 'Gebeurtenis',
    total: (count: string, sum: string) => `${count} regels, samen ${sum}.`,
    newest: (count: string, sum: string) => `De nieuwste ${count} regels; alle samen ${sum}.`,
    loading: 'De regels worden opgehaald…',
  },
  {
    offers: 'Offers on the market',
    enterprises: 'Social enterprises',
    buyers: 'Buying organisations',
    revenue: 'Revenue through the platform',
    needs: 'Needs posted',
    stories: 'Tips and stories',
    deliveries: 'Deliveries',
    definition: 'What counts?',
    exVat: 'excluding VAT',
    lines: 'Lines under this figure',
    linesTable: 'Accepted deliveries under the revenue',
    day: 'Accepted on',
    who: 'Supplier',
    buyerKind: 'Kind of buyer',
    where: 'Municipality',
    amount: 'Amount excl. VAT',
    event: 'Event',
    total: (count: string, sum: string) => `${count} lines, together ${sum}.`,
    newest: (count: string, sum: string) => `The newest ${count} lines; all together ${sum}.`,
    loading: 'Fetching the lines…',
  },
);

const named = [
  'revenue',
  'deliveries',
  'buyers',
  'enterprises',
  'offers',
  'needs',
  'stories',
] as const;
type Name = (typeof named)[number];

const titleOf = (name: string, lang: Lang) =>
  (named as readonly string[]).includes(name) ? texts(lang)[name as Name] : name;

const rank = (figure: Figure) => {
  const at = (named as readonly string[]).indexOf(figure.name);
  return at < 0 ? named.length : at;
};

export const Tiles = ({ figures, lang }: { figures: Figure[]; lang: Lang }) => {
  const t = texts(lang);
  return (
    <ul class="mw-tiles">
      {figures
        .toSorted((a, b) => rank(a) - rank(b))
        .map((figure) => (
          <li key={figure.name}>
            <p class="mw-tiles__name">{titleOf(figure.name, lang)}</p>
            <p class="mw-tiles__value">
              {figure.money ? euroShort(figure.value, lang) : number(figure.value, lang)}
              {figure.money && <small> {t.exVat}</small>}
            </p>
            <details class="mw-more">
              <summary>
                {t.definition}
                <Hidden> {titleOf(figure.name, lang)}</Hidden>
              </summary>
              <p>{lang === 'nl' ? figure.definition : figure.definition_en}</p>
            </details>
          </li>
        ))}
    </ul>
  );
};

interface LinesProps {
  query: ReportQuery;
  cities: CityFigures[];
  lang: Lang;
}

// Fetched when somebody opens it: few do, and it may be long.
export const RevenueLines = ({ query, cities, lang }: LinesProps) => {
  const t = texts(lang);
  const [page, setPage] = useState<RevenuePage>();
  const doing = useDoing();
  const city = (code: string) => cities.find((one) => one.municipality === code)?.name ?? code;
  const fetchOnce = (event: Event) => {
    const open = (event.currentTarget as HTMLDetailsElement).open;
    if (!open || page || doing.busy) return;
    void doing.run(async () => setPage(await get<RevenuePage>('/reports/revenue', { ...query })));
  };
  const rows = (): Cell[][] => [
    [t.day, t.who, t.buyerKind, t.where, t.amount, t.event],
    ...(page?.items ?? []).map((line) => [
      line.accepted_on,
      line.supplier_name,
      word('org_kind', line.buyer_kind, lang),
      city(line.municipality),
      line.revenue_cents / 100,
      line.seq,
    ]),
  ];
  const count = page?.items.length ?? 0;
  const sum = page?.items.reduce((total, line) => total + line.revenue_cents, 0);
  const says = page && sum === page.total_cents ? t.total : t.newest;
  return (
    <details class="mw-more" onToggle={fetchOnce}>
      <summary>{t.lines}</summary>
      {doing.busy && <p role="status">{t.loading}</p>}
      {doing.fault && <FaultAlert fault={doing.fault} lang={lang} />}
      {page && (
        <>
          <p>{says(number(count, lang), euro(page.total_cents, lang, true))}</p>
          <div class="mw-longtable">
            <Table<RevenueLine>
              caption={t.linesTable}
              quiet
              rows={page.items}
              columns={[
                { head: t.day, cell: (line) => date(line.accepted_on, lang) },
                { head: t.who, cell: (line) => line.supplier_name },
                {
                  head: t.buyerKind,
                  cell: (line) => word('org_kind', line.buyer_kind, lang),
                },
                { head: t.where, cell: (line) => city(line.municipality) },
                {
                  head: t.amount,
                  number: true,
                  cell: (line) => euro(line.revenue_cents, lang, true),
                },
                {
                  head: t.event,
                  number: true,
                  cell: (line) => number(line.seq, lang),
                },
              ]}
            />
          </div>
          <Download lang={lang} label={t.linesTable} file="omzetregels" rows={rows} />
        </>
      )}
    </details>
  );
};
