// One organisation as everybody sees it: its mission, the marks that hold today, whom it gives work, what it offers.
import { useEffect, useState } from 'preact/hooks';
import type { OfferPage, Organisation } from '../gen/api';
import { get, type Stored } from '../lib/api';
import { date, dictionary, link, number, shared, word, type Lang } from '../lib/i18n';
import { OfferCard } from '../lib/offer';
import { FlagForm } from '../lib/flag-form';
import { DeliveredImpact } from '../lib/impact';
import { Shortlist } from '../lib/shortlist';
import { Reviews } from '../lib/reviews';
import { Story } from '../lib/story';
import type { Meta, PageProps } from '../lib/page';
import { useTitle } from '../lib/step';
import { A, Alert, Badge, Crumbs, Facts, Fictional, Heading, Icon, P, Waiting } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Onderneming', en: 'Enterprise' },
  about: {
    nl: 'Een sociale onderneming: haar missie, keurmerken en aanbod.',
    en: 'A social enterprise: its mission, marks and offers.',
  },
  data: { operation: 'organisation_get', path: '/organisations/{id}' },
};

const texts = dictionary(
  {
    mission: 'Missie',
    noMission: 'De organisatie heeft nog geen missie opgeschreven.',
    labels: 'Keurmerken',
    labelsNote: 'Van deze keurmerken is het bewijs gezien, en ze zijn vandaag geldig.',
    noLabels: 'Van deze organisatie is nu geen keurmerk bekend dat wij hebben gezien.',
    until: (day: string) => `geldig tot en met ${day}`,
    register: 'Bekijk het bewijs',
    impact: 'Maatschappelijke impact',
    staff: 'Mensen in dienst',
    staffTarget: 'Van hen uit een doelgroep',
    goals: 'Doelen',
    groups: 'Doelgroepen',
    stated: 'Opgave van de organisatie zelf.',
    facts: 'Gegevens',
    kvk: 'KvK-nummer',
    website: 'Website',
    offers: 'Aanbod',
    noOffers: 'Er staat nu geen aanbod op de markt.',
    all: (count: string) => `Al het aanbod (${count})`,
    closed: (from: string, until: string) => `Gesloten van ${from} tot en met ${until}`,
    full: 'Neemt nu geen nieuw werk aan',
    merged: 'Deze onderneming is samengevoegd met',
    another: 'een andere aanmelding van dezelfde onderneming.',
    mergedNote: 'Wat hier is gedaan, blijft hier te lezen. Er komt niets meer bij.',
  },
  {
    mission: 'Mission',
    noMission: 'The organisation has not written down a mission yet.',
    labels: 'Marks',
    labelsNote: 'The proof of these marks was seen, and they hold today.',
    noLabels: 'No mark of this organisation is known now that we have seen.',
    until: (day: string) => `valid until ${day}`,
    register: 'See the proof',
    impact: 'Social impact',
    staff: 'People employed',
    staffTarget: 'Of them from a target group',
    goals: 'Goals',
    groups: 'Target groups',
    stated: 'As stated by the organisation itself.',
    facts: 'Facts',
    kvk: 'KvK number',
    website: 'Website',
    offers: 'Offers',
    noOffers: 'Nothing is on the market now.',
    all: (count: string) => `All offers (${count})`,
    closed: (from: string, until: string) => `Closed from ${from} until ${until}`,
    full: 'Takes no new work for now',
    merged: 'This enterprise was merged with',
    another: 'another registration of the same enterprise.',
    mergedNote: 'What was done here stays to be read. Nothing is added any more.',
  },
);

type PartProps = { organisation: Organisation; lang: Lang };

// Where it goes on, by name if the reader may see that page.
const Merged = ({ into, lang }: { into: string; lang: Lang }) => {
  const t = texts(lang);
  const [other, setOther] = useState<Organisation>();
  useEffect(() => {
    get<Organisation>(`/organisations/${into}`).then(setOther, () => setOther(undefined));
  }, [into]);
  return (
    <Alert>
      <p>
        {t.merged}{' '}
        {other ? <A href={`${link('/onderneming/', lang)}?id=${into}`}>{other.name}</A> : t.another}
      </p>
      <p>{t.mergedNote}</p>
    </Alert>
  );
};

const Marks = ({ organisation, lang }: PartProps) => {
  const t = texts(lang);
  const labels = organisation.labels ?? [];
  return (
    <section class="mw-section" aria-labelledby="labels">
      <Heading level={2} look={3} id="labels">
        {t.labels}
      </Heading>
      {labels.length === 0 && <p class="mw-quiet">{t.noLabels}</p>}
      <ul class="mw-ticks">
        {labels.map((label) => (
          <li key={label.scheme}>
            <Icon n="shield-check" size={18} />{' '}
            {[
              word('label_scheme', label.scheme, lang),
              label.level,
              label.valid_until && t.until(date(label.valid_until, lang)),
            ]
              .filter(Boolean)
              .join(', ')}{' '}
            {label.evidence_url?.startsWith('https://') && (
              <A href={label.evidence_url}>{t.register}</A>
            )}
          </li>
        ))}
      </ul>
      {labels.length > 0 && <p class="mw-source">{t.labelsNote}</p>}
    </section>
  );
};

const Impact = ({ organisation, lang }: PartProps) => {
  const t = texts(lang);
  const { staff, staff_target_group: target, goals, target_groups: groups } = organisation;
  if (staff === undefined && !goals?.length && !groups?.length) return null;
  return (
    <section class="mw-section" aria-labelledby="impact">
      <Heading level={2} look={3} id="impact">
        {t.impact}
      </Heading>
      <Facts
        facts={[
          { term: t.staff, value: staff !== undefined && number(staff, lang) },
          { term: t.staffTarget, value: target !== undefined && number(target, lang) },
          { term: t.goals, value: goals?.map((goal) => word('impact_goal', goal, lang)).join(', ') },
          {
            term: t.groups,
            value: groups?.map((group) => word('target_group', group, lang)).join(', '),
          },
        ]}
      />
      <p class="mw-source">{t.stated}</p>
    </section>
  );
};

const Offers = ({ organisation, lang }: PartProps) => {
  const t = texts(lang);
  const [page, setPage] = useState<OfferPage>();
  useEffect(() => {
    get<OfferPage>('/offers', { supplierId: organisation.id, limit: 6 }).then(setPage, () => undefined);
  }, [organisation.id]);
  const shown = page?.items.filter(({ state }) => state === 'published') ?? [];
  return (
    <section class="mw-section" aria-labelledby="offers">
      <Heading level={2} id="offers">
        {t.offers}
      </Heading>
      {page && shown.length === 0 && <p class="mw-quiet">{t.noOffers}</p>}
      <div class="mw-grid3 mw-offers--upright">
        {shown.map((offer) => (
          <OfferCard key={offer.id} offer={offer} lang={lang} level={3} />
        ))}
      </div>
      {page?.next && (
        <p>
          <A href={`${link('/marktplaats/', lang)}?supplierId=${organisation.id}`}>
            {t.all(number(page.total ?? shown.length, lang))}
          </A>
        </p>
      )}
    </section>
  );
};

export default function EnterpriseView({ lang, d, fault }: PageProps<Stored<Organisation>>) {
  const t = texts(lang);
  useTitle(d?.name ?? meta.title[lang], lang);
  if (!d) return <Waiting lang={lang} fault={fault} title={meta.title[lang]} />;
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[shared(lang).market, '/marktplaats/'], [d.name]]} />
      <Heading level={1}>{d.name}</Heading>
      <p class="mw-states">
        <Badge tone="brand">{word('org_kind', d.kind, lang)}</Badge>{' '}
        {d.at_capacity && <Badge>{t.full}</Badge>}{' '}
        {d.closed_from && d.closed_until && (
          <Badge>{t.closed(date(d.closed_from, lang), date(d.closed_until, lang))}</Badge>
        )}{' '}
        <Fictional on={d.fictional} lang={lang} />
      </p>
      {d.merged_into && <Merged into={d.merged_into} lang={lang} />}
      <p>
        <Icon n="map-pin" size={18} /> {d.municipality_name}
      </p>
      <section class="mw-section" aria-labelledby="mission">
        <Heading level={2} look={3} id="mission">
          {t.mission}
        </Heading>
        {d.mission ? (
          <div lang={lang === 'en' ? 'nl' : undefined}>
            <P lead cls="mw-long">
              {d.mission}
            </P>
          </div>
        ) : (
          <p class="mw-quiet">{t.noMission}</p>
        )}
      </section>
      <Story organisation={d} lang={lang} />
      <Impact organisation={d} lang={lang} />
      {d.kind === 'enterprise' && <DeliveredImpact supplierId={d.id} lang={lang} />}
      <Marks organisation={d} lang={lang} />
      <section class="mw-section" aria-labelledby="facts">
        <Heading level={2} look={3} id="facts">
          {t.facts}
        </Heading>
        <Facts
          facts={[
            { term: t.kvk, value: d.kvk_number },
            {
              term: t.website,
              value: d.website?.startsWith('https://') && <A href={d.website}>{d.website}</A>,
            },
          ]}
        />
      </section>
      <Offers organisation={d} lang={lang} />
      <Reviews organisationId={d.id} lang={lang} />
      <div class="mw-section">
        {d.kind === 'enterprise' && <Shortlist what={{ supplier_id: d.id }} about={d.name} lang={lang} />}
        <FlagForm on={{ organisation_id: d.id }} about={d.name} owner={d.id} lang={lang} />
      </div>
    </div>
  );
}
