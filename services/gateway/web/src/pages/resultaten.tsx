// What the market yields: figures with their definition, by quarter, city and enterprise.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, queryOf } from '../lib/api';
import { useDoing } from '../lib/form';
import { dictionary, link, moment, number, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { useTitle } from '../lib/step';
import { A, Crumbs, FaultAlert, Heading, Waiting } from '../lib/ui';
import type { MarketReport, ReportQuery } from '../gen/api';
import { Cities, Enterprises } from '../report/cities';
import { Claims } from '../report/claims';
import { RevenueLines, Tiles } from '../report/figures';
import { Quarters } from '../report/quarters';

export const meta: Meta = {
  title: { nl: 'Resultaten', en: 'Results' },
  about: {
    nl: 'Wat de markt van sociaal ondernemers oplevert, per kwartaal, stad en onderneming.',
    en: 'What the market of social entrepreneurs yields, by quarter, city and enterprise.',
  },
  data: { operation: 'report_market', path: '/reports/market' },
};

const texts = dictionary(
  {
    asOf: (on: string, seq: string) => `Stand van ${on}, geteld tot en met gebeurtenis ${seq}.`,
    how: 'Zo tellen wij',
    year: 'Jaar',
    allYears: 'Alle jaren',
    city: 'Gemeente',
    allCities: (count: string) => `Alle ${count} steden`,
    updated: 'De cijfers zijn bijgewerkt.',
  },
  {
    asOf: (on: string, seq: string) => `As of ${on}, counted up to event ${seq}.`,
    how: 'How we count',
    year: 'Year',
    allYears: 'All years',
    city: 'Municipality',
    allCities: (count: string) => `All ${count} cities`,
    updated: 'The figures are updated.',
  },
);

// The address is the selection: it can be shared, and Back restores it.
const selection = (): ReportQuery => {
  const query = new URLSearchParams(location.search);
  const year = query.get('year');
  const municipality = query.get('municipality');
  return {
    ...(year ? { year: Number(year) } : {}),
    ...(municipality ? { municipality } : {}),
  };
};

interface SelectionProps {
  report: MarketReport;
  query: ReportQuery;
  lang: Lang;
  onQuery: (query: ReportQuery) => void;
}

const Selection = ({ report, query, lang, onQuery }: SelectionProps) => {
  const t = texts(lang);
  const { year, municipality } = query;
  const cities = report.cities.toSorted((a, b) => a.name.localeCompare(b.name, 'nl'));
  const pick = (changed: ReportQuery) =>
    onQuery({
      ...(changed.year ? { year: changed.year } : {}),
      ...(changed.municipality ? { municipality: changed.municipality } : {}),
    });
  return (
    <form class="mw-selection" onSubmit={(event) => event.preventDefault()}>
      <div>
        <label class="utrecht-form-label" for="year">
          {t.year}
        </label>
        <select
          class="utrecht-select"
          id="year"
          name="year"
          onChange={(event) => pick({ ...query, year: Number(event.currentTarget.value) })}
        >
          <option value="">{t.allYears}</option>
          {report.years.map((one) => (
            <option key={one} value={one} selected={one === String(year)}>
              {one}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label class="utrecht-form-label" for="municipality">
          {t.city}
        </label>
        <select
          class="utrecht-select"
          id="municipality"
          name="municipality"
          onChange={(event) => pick({ ...query, municipality: event.currentTarget.value })}
        >
          <option value="">{t.allCities(number(cities.length, lang))}</option>
          {cities.map((city) => (
            <option
              key={city.municipality}
              value={city.municipality}
              selected={city.municipality === municipality}
            >
              {city.name}
            </option>
          ))}
        </select>
      </div>
    </form>
  );
};

const ReportView = ({ given, lang }: { given: MarketReport; lang: Lang }) => {
  const t = texts(lang);
  const [report, setReport] = useState(given);
  const [query, setQuery] = useState<ReportQuery>(selection);
  const [said, setSaid] = useState('');
  const latest = useRef(0);
  const doing = useDoing();

  // Answers may overtake each other: only the one to the latest question is shown.
  const show = (asked: ReportQuery) => {
    const turn = ++latest.current;
    setQuery(asked);
    setSaid('');
    void doing.run(async () => {
      const fresh = await get<MarketReport>('/reports/market', { ...asked });
      if (turn !== latest.current) return;
      setReport(fresh);
      setSaid(t.updated);
    });
  };
  const choose = (asked: ReportQuery) => {
    history.pushState(null, '', location.pathname + queryOf({ ...asked }));
    show(asked);
  };
  useEffect(() => {
    const back = () => show(selection());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);

  const city = report.cities.find((one) => one.municipality === query.municipality);
  const title = [meta.title[lang], query.year, city?.name].filter(Boolean).join(' ');
  useTitle(title, lang);
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <div class="mw-pagehead">
        <div>
          <Heading level={1}>{title}</Heading>
          <p class="mw-source">
            {t.asOf(moment(report.as_of, lang), number(report.as_of_seq, lang))}{' '}
            <A href={link('/uitleg/', lang)}>{t.how}</A>
          </p>
        </div>
        <Selection report={report} query={query} lang={lang} onQuery={choose} />
      </div>
      <p class="mw-hidden" role="status">
        {said}
      </p>
      {doing.fault && <FaultAlert fault={doing.fault} lang={lang} />}
      <div class="mw-report" aria-busy={doing.busy}>
        <Tiles figures={report.figures} lang={lang} />
        <RevenueLines
          key={queryOf({ ...query })}
          query={query}
          cities={report.cities}
          lang={lang}
        />
        <div class="mw-split">
          <Quarters cells={report.quarters} lang={lang} />
          <Enterprises items={report.enterprises} lang={lang} />
        </div>
        <Cities cities={report.cities} selected={query.municipality} lang={lang} />
        <Claims lang={lang} />
      </div>
    </div>
  );
};

export default function ResultsPage({ lang, d, fault }: PageProps<MarketReport>) {
  return d ? (
    <ReportView given={d} lang={lang} />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
