// Revenue by city on the map and in a table, and by enterprise.
import { AsTable, HorizontalBars } from '../lib/charts';
import { dictionary, euro, euroShort, link, number, type Lang } from '../lib/i18n';
import { NLMap } from '../lib/nlmap';
import { A, Heading, Table } from '../lib/ui';
import type { CityFigures, EnterpriseFigures } from '../gen/api';
import { Download, type Cell } from './csv';

const texts = dictionary(
  {
    title: 'Omzet per stad',
    says: 'Hoe groter de cirkel, hoe meer er in die stad is geleverd. Een open cirkel: nog niets.',
    map: (top: string) =>
      `Kaart van Nederland met omzet per stad. Meeste omzet: ${top}. De tabel bevat alle cijfers.`,
    credit: 'Provinciegrenzen: svg-maps (CC BY 4.0)',
    top: 'Steden met de meeste omzet',
    all: (count: string) => `Toon alle ${count} steden`,
    cities: 'Alle steden',
    city: 'Stad',
    revenue: 'Omzet',
    buyers: 'Inkopers',
    enterprises: 'Ondernemingen',
    offers: 'Aanbod',
    byEnterprise: 'Ondernemingen met de meeste omzet',
    byEnterpriseNote: 'Geaccepteerde leveringen, exclusief btw',
    enterprise: 'Onderneming',
    deliveries: 'Leveringen',
    none: 'In deze selectie is nog niets geaccepteerd.',
  },
  {
    title: 'Revenue by city',
    says: 'The larger the circle, the more was delivered there. An open circle: nothing yet.',
    map: (top: string) =>
      `Map of the Netherlands, revenue by city. Most revenue: ${top}. The table has all figures.`,
    credit: 'Borders of provinces: svg-maps (CC BY 4.0)',
    top: 'Cities with the most revenue',
    all: (count: string) => `Show all ${count} cities`,
    cities: 'All cities',
    city: 'City',
    revenue: 'Revenue',
    buyers: 'Buyers',
    enterprises: 'Enterprises',
    offers: 'Offers',
    byEnterprise: 'Enterprises with the most revenue',
    byEnterpriseNote: 'Accepted deliveries, excluding VAT',
    enterprise: 'Enterprise',
    deliveries: 'Deliveries',
    none: 'Nothing has been accepted in this selection yet.',
  },
);

const columns = (lang: Lang) => {
  const t = texts(lang);
  const count = (head: string, of: (city: CityFigures) => number) => ({
    head,
    number: true,
    cell: (city: CityFigures) => number(of(city), lang),
  });
  return [
    {
      head: t.city,
      cell: (city: CityFigures) => (
        <A href={`${link('/stad/', lang)}?municipality=${city.municipality}`}>{city.name}</A>
      ),
    },
    {
      head: t.revenue,
      number: true,
      cell: (city: CityFigures) => euro(Math.round(city.revenue_cents / 100) * 100, lang),
    },
    count(t.buyers, (city) => city.buyers),
    count(t.enterprises, (city) => city.enterprises),
    count(t.offers, (city) => city.offers),
  ];
};

// The greatest 1, 2 or 5 times a power of ten within the value: a round number for the scale.
const roundBelow = (value: number) => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return ([5, 2].find((factor) => factor * power <= value) ?? 1) * power;
};

interface CitiesProps {
  cities: CityFigures[];
  selected?: string | undefined;
  lang: Lang;
}

const most = 10;

export const Cities = ({ cities, selected, lang }: CitiesProps) => {
  const t = texts(lang);
  const sorted = cities.toSorted((a, b) => b.revenue_cents - a.revenue_cents);
  const chosen = sorted.find((city) => city.municipality === selected);
  const head = sorted.slice(0, most);
  const shown = chosen && !head.includes(chosen) ? [chosen, ...head] : head;
  const high = sorted[0]?.revenue_cents ?? 0;
  const scale = high > 0 ? [roundBelow(high), roundBelow(high / 8)] : [];
  const top = sorted
    .slice(0, 3)
    .filter((city) => city.revenue_cents > 0)
    .map((city) => city.name);
  const rows = (): Cell[][] => [
    ['CBS', t.city, t.revenue, t.buyers, t.enterprises, t.offers],
    ...sorted.map((city) => [
      city.municipality,
      city.name,
      city.revenue_cents / 100,
      city.buyers,
      city.enterprises,
      city.offers,
    ]),
  ];
  return (
    <section class="mw-panel mw-mapsection" aria-labelledby="cities">
      <div>
        <Heading level={2} look={3} id="cities">
          {t.title}
        </Heading>
        <p class="mw-quiet">{t.says}</p>
        <NLMap
          label={t.map(top.join(', ') || '–')}
          selected={selected}
          scale={scale.map((value) => ({ value, text: euroShort(value, lang) }))}
          cities={cities.map((city) => ({
            code: city.municipality,
            name: city.name,
            latitude_e5: city.latitude_e5,
            longitude_e5: city.longitude_e5,
            value: city.revenue_cents,
            text: euro(city.revenue_cents, lang),
          }))}
        />
        <p class="mw-source">{t.credit}</p>
      </div>
      <div>
        <Table<CityFigures> caption={t.top} rows={shown} columns={columns(lang)} />
        {sorted.length > most && (
          <details class="mw-more">
            <summary>{t.all(number(sorted.length, lang))}</summary>
            <Table<CityFigures> caption={t.cities} rows={sorted} columns={columns(lang)} />
          </details>
        )}
        <Download lang={lang} label={t.cities} file="omzet-per-stad" rows={rows} />
      </div>
    </section>
  );
};

export const Enterprises = ({ items, lang }: { items: EnterpriseFigures[]; lang: Lang }) => {
  const t = texts(lang);
  const money = (cents: number) => euro(Math.round(cents / 100) * 100, lang);
  const rows = (): Cell[][] => [
    [t.enterprise, t.revenue, t.deliveries],
    ...items.map((one) => [one.name, one.revenue_cents / 100, one.deliveries]),
  ];
  return (
    <section class="mw-panel" aria-labelledby="enterprises">
      <Heading level={2} look={3} id="enterprises">
        {t.byEnterprise}
      </Heading>
      <p class="mw-quiet">{items.length === 0 ? t.none : t.byEnterpriseNote}</p>
      <HorizontalBars
        bars={items.slice(0, 8).map((one) => ({
          key: one.supplier_id,
          label: one.name,
          value: one.revenue_cents,
          text: money(one.revenue_cents),
        }))}
      />
      {items.length > 0 && (
        <>
          <AsTable<EnterpriseFigures>
            lang={lang}
            caption={t.byEnterprise}
            rows={items}
            columns={[
              { head: t.enterprise, cell: (one) => one.name },
              {
                head: t.revenue,
                number: true,
                cell: (one) => euro(one.revenue_cents, lang, true),
              },
              {
                head: t.deliveries,
                number: true,
                cell: (one) => number(one.deliveries, lang),
              },
            ]}
          />
          <Download lang={lang} label={t.byEnterprise} file="omzet-per-onderneming" rows={rows} />
        </>
      )}
    </section>
  );
};
