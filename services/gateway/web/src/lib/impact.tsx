// What an enterprise delivered, as others verified it: each sum opens into the claims that it is made of.
import { useEffect, useState } from 'preact/hooks';
import type { ImpactReport, ImpactTotal } from '../gen/api';
import { get } from './api';
import { date, dictionary, link, number, word, type Lang } from './i18n';
import { A, Heading } from './ui';

const texts = dictionary(
  {
    title: 'Bewezen impact',
    none: 'Er is nog geen impact die een andere organisatie heeft geverifieerd.',
    note: (day: string) =>
      `Geteld uit claims op geaccepteerd werk, die een andere organisatie heeft geverifieerd. Stand van ${day}.`,
    claims: (count: string) => `Uit ${count} geverifieerde claims`,
    one: 'Uit 1 geverifieerde claim',
    all: 'Alle cijfers en hun herkomst',
    item: (amount: string, day: string, place: string) => `${amount}, geverifieerd op ${day} (${place})`,
  },
  {
    title: 'Proven impact',
    none: 'There is no impact yet that another organisation verified.',
    note: (day: string) =>
      `Counted from claims on accepted work that another organisation verified. As of ${day}.`,
    claims: (count: string) => `From ${count} verified claims`,
    one: 'From 1 verified claim',
    all: 'All figures and where they come from',
    item: (amount: string, day: string, place: string) => `${amount}, verified on ${day} (${place})`,
  },
);

type Kind = Pick<ImpactTotal, 'indicator' | 'target_group'>;

const alike = (one: Kind, other: Kind) =>
  one.indicator === other.indicator && one.target_group === other.target_group;

interface Sum extends Kind {
  quantity: number;
  claims: number;
}

// The same thing in several municipalities is one sum here; different things are never added.
const sumsOf = (totals: readonly ImpactTotal[]): Sum[] =>
  totals.reduce<Sum[]>((sums, { indicator, target_group, quantity, claims }) => {
    const found = sums.find((one) => alike(one, { indicator, target_group }));
    if (!found) return [...sums, { indicator, target_group, quantity, claims }];
    found.quantity += quantity;
    found.claims += claims;
    return sums;
  }, []);

export const DeliveredImpact = ({ supplierId, lang }: { supplierId: string; lang: Lang }) => {
  const t = texts(lang);
  const [report, setReport] = useState<ImpactReport>();
  useEffect(() => {
    get<ImpactReport>('/reports/impact', { supplierId }).then(setReport, () => undefined);
  }, [supplierId]);
  if (!report) return null;
  const sums = sumsOf(report.totals);
  return (
    <section class="mw-section" aria-labelledby="delivered">
      <Heading level={2} look={3} id="delivered">
        {t.title}
      </Heading>
      {sums.length === 0 && <p class="mw-quiet">{t.none}</p>}
      {sums.map((sum) => (
        <details key={`${sum.indicator} ${sum.target_group}`} class="mw-delivered">
          <summary>
            <b>{number(sum.quantity, lang)}</b>{' '}
            {[
              word('impact_indicator', sum.indicator, lang),
              sum.target_group && word('target_group', sum.target_group, lang),
            ]
              .filter(Boolean)
              .join(', ')}{' '}
            <span class="mw-quiet">{sum.claims === 1 ? t.one : t.claims(number(sum.claims, lang))}</span>
          </summary>
          <ul class="mw-list">
            {report.items
              .filter((item) => alike(item, sum))
              .map((item) => (
                <li key={item.claim_id}>
                  {t.item(number(item.quantity, lang), date(item.verified_on, lang), item.municipality)}
                </li>
              ))}
          </ul>
        </details>
      ))}
      {sums.length > 0 && (
        <p class="mw-source">
          {t.note(date(report.as_of, lang))} <A href={link('/resultaten/', lang)}>{t.all}</A>
        </p>
      )}
    </section>
  );
};
