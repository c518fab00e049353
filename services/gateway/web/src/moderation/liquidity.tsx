// Where demand and offer do not meet: open needs that no offer fits by CPV, and quiet enterprises to write to.
import { useEffect, useState } from 'preact/hooks';
import type { CpvPage, LiquidityReport, Organisation, QuietSupplier } from '../gen/api';
import { command, get, may, type Stored } from '../lib/api';
import { Act } from '../lib/form';
import { date, dictionary, link, number, type Lang } from '../lib/i18n';
import { List, useListing } from '../lib/lists';
import { A, Badge, Heading } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Liquiditeit van de markt',
    sum: (without: string, open: string) => `${without} van ${open} open vragen hebben geen aanbod in hun CPV-groep.`,
    needs: 'Vragen zonder aanbod',
    noNeeds: 'Bij elke open vraag is er aanbod.',
    since: (day: string) => `op de markt sinds ${day}`,
    quiet: 'Stille ondernemingen',
    noQuiet: 'Van elke onderneming is onlangs iets gehoord.',
    note: (days: string) =>
      `Stil: in ${days} dagen geen aanbod geplaatst of gewijzigd en geen bestelling bevestigd. Wie het beste past staat bovenaan.`,
    fits: (count: string) => `past bij ${count} van deze vragen`,
    last: (day: string) => `laatst gehoord op ${day}`,
    never: 'nog nooit iets van gehoord',
    prompted: (day: string) => `aangeschreven op ${day}`,
    prompt: 'Uitnodigen om mee te doen',
    cannot: 'Nu niet aan te schrijven',
  },
  {
    title: 'Liquidity of the market',
    sum: (without: string, open: string) => `${without} of ${open} open needs have no offer in their CPV group.`,
    needs: 'Needs without an offer',
    noNeeds: 'For every open need there is an offer.',
    since: (day: string) => `on the market since ${day}`,
    quiet: 'Quiet enterprises',
    noQuiet: 'Something was heard of every enterprise lately.',
    note: (days: string) =>
      `Quiet: in ${days} days no offer shown or changed and no order confirmed. Who fits best comes first.`,
    fits: (count: string) => `fits ${count} of these needs`,
    last: (day: string) => `last heard of on ${day}`,
    never: 'never heard of yet',
    prompted: (day: string) => `written to on ${day}`,
    prompt: 'Invite to take part',
    cannot: 'Not to be written to now',
  },
);

// The name of a CPV code.
const CpvName = ({ code, lang }: { code: string; lang: Lang }) => {
  const [name, setName] = useState('');
  useEffect(() => {
    get<CpvPage>('/cpv-codes', { q: code, limit: 1 }).then(
      ({ items: [one] }) => setName((lang === 'en' ? one?.name_en : one?.name) ?? ''),
      () => undefined,
    );
  }, [code]);
  return (
    <>
      {name} <span class="mw-quiet">{code}</span>
    </>
  );
};

const first = 10; // of the quiet ones; one that was written to makes place

interface Row extends QuietSupplier {
  id: string;
  now: Stored<Organisation> | undefined;
}

const quietOf = async (report: LiquidityReport): Promise<Row[]> =>
  Promise.all(
    report.suppliers.slice(0, first).map(async (one) => ({
      ...one,
      id: one.supplier_id,
      now: await get<Stored<Organisation>>(`/organisations/${one.supplier_id}`).catch(() => undefined),
    })),
  );

export const Liquidity = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const [report, setReport] = useState<LiquidityReport>();
  const quiet = useListing(async () => {
    const fresh = await get<LiquidityReport>('/reports/liquidity');
    setReport(fresh);
    return quietOf(fresh);
  });
  if (!report) return null;
  return (
    <section class="mw-section" aria-labelledby="liquidity">
      <Heading level={2} look={3} id="liquidity">
        {t.title}
      </Heading>
      <p>{t.sum(number(report.needs_without, lang), number(report.open_needs, lang))}</p>
      <ul class="mw-list">
        {report.groups.map(({ word: code, count }) => (
          <li key={code}>
            <CpvName code={code} lang={lang} />: <b>{number(count, lang)}</b>
          </li>
        ))}
      </ul>
      {report.needs.length > 0 && (
        <details class="mw-delivered">
          <summary>{t.needs}</summary>
          <ul class="mw-list">
            {report.needs.map((need) => (
              <li key={need.need_id}>
                <A href={`${link('/deal/', lang)}?id=${need.need_id}`}>{need.title}</A>{' '}
                <span class="mw-quiet">{t.since(date(need.published_on, lang))}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <List
        id="quiet"
        title={t.quiet}
        empty={t.noQuiet}
        lang={lang}
        listing={quiet}
        row={(one) => (
          <>
            <div>
              <A href={`${link('/onderneming/', lang)}?id=${one.supplier_id}`}>{one.name}</A>{' '}
              {one.fits > 0 && <Badge tone="brand">{t.fits(number(one.fits, lang))}</Badge>}
              <p class="mw-quiet">{one.active_on ? t.last(date(one.active_on, lang)) : t.never}</p>
            </div>
            <div>
              {may(one.now, 'prompt') ? (
                <Act
                  lang={lang}
                  kind="secondary"
                  label={t.prompt}
                  about={one.name}
                  act={async () => {
                    if (one.now) await command('/organisations', one.now, 'prompt');
                    await quiet.reload();
                  }}
                />
              ) : (
                <span class="mw-quiet">
                  {one.prompted_on ? t.prompted(date(one.prompted_on, lang)) : t.cannot}
                </span>
              )}
            </div>
          </>
        )}
      >
        <p class="mw-source">{t.note(number(report.quiet_days, lang))}</p>
      </List>
    </section>
  );
};
