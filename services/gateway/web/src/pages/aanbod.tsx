// One offer: what it is, who makes it, what it does good for; and how to go on with it.
import { useEffect, useState } from 'preact/hooks';
import type { CpvPage, MatchList, MunicipalityPage, Need, Offer, OfferPage, Organisation } from '../gen/api';
import { create, get, getAll, hasRole, loginAddress, me, type Stored } from '../lib/api';
import { AreaField, SelectField, useDoing } from '../lib/form';
import { date, dictionary, link, number, shared, word, type Lang } from '../lib/i18n';
import { FlagForm } from '../lib/flag-form';
import { Revisions } from '../lib/revisions';
import { Shortlist } from '../lib/shortlist';
import { Stock } from '../lib/stock';
import { AddToBasket, Shopping } from '../lib/basket';
import { History } from '../lib/history';
import { Files, Photos, photosOf } from '../lib/files';
import { dutchOnly, offerTitle, OfferCard, Price, Thumb } from '../lib/offer';
import type { Meta, PageProps } from '../lib/page';
import {
  A,
  Alert,
  Button,
  ButtonLink,
  Crumbs,
  Facts,
  FaultAlert,
  Fictional,
  Heading,
  Icon,
  P,
  State,
  Waiting,
  type Fact,
} from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Aanbod', en: 'Offer' },
  about: {
    nl: 'Een product of dienst van een sociale onderneming.',
    en: 'A product or service of a social enterprise.',
  },
  data: { operation: 'offer_get', path: '/offers/{id}' },
};

const texts = dictionary(
  {
    impact: 'Maatschappelijke impact',
    staff: 'mensen in dienst',
    staffTarget: 'van hen uit een doelgroep',
    stated: 'Opgave van de onderneming zelf.',
    facts: 'Gegevens',
    kind: 'Soort',
    cpv: 'Onderwerp (CPV)',
    capacity: 'Capaciteit per bestelling',
    upTo: (count: string, unit: string) => `tot ${count} (eenheid: ${unit})`,
    region: 'Werkgebied',
    national: 'Heel Nederland',
    goals: 'Doelen',
    groups: 'Doelgroepen',
    vat: 'Btw',
    until: (day: string) => `geldig tot en met ${day}`,
    labels: 'Keurmerken',
    kvk: 'KvK-nummer',
    website: 'Website',
    order: 'Bestellen',
    invite: 'Vraag een offerte',
    need: 'Voor welke vraag?',
    outside: 'Waarom nodigt u deze onderneming uit?',
    outsideHint: 'Zij staat niet bij de matches van deze vraag. Uw antwoord wordt bewaard; de onderneming leest het niet.',
    outsideShort: 'Geef een reden van minstens 3 tekens.',
    invited: 'De uitnodiging is verstuurd.',
    toDeal: 'Naar de inkoop',
    noNeeds: 'U hebt nog geen open vraag. Plaats er eerst een.',
    post: 'Plaats een vraag',
    loginText: 'Log in als inkoper om deze onderneming uit te nodigen.',
    similar: 'Vergelijkbaar aanbod',
    all: 'Al het aanbod van deze onderneming',
  },
  {
    impact: 'Social impact',
    staff: 'people employed',
    staffTarget: 'of them from a target group',
    stated: 'As stated by the enterprise itself.',
    facts: 'Facts',
    kind: 'Kind',
    cpv: 'Subject (CPV)',
    capacity: 'Capacity per order',
    upTo: (count: string, unit: string) => `up to ${count} (unit: ${unit})`,
    region: 'Delivered in',
    national: 'The whole country',
    goals: 'Goals',
    groups: 'Target groups',
    vat: 'VAT',
    until: (day: string) => `valid until ${day}`,
    labels: 'Marks',
    kvk: 'KvK number',
    website: 'Website',
    order: 'Order',
    invite: 'Ask for a quote',
    need: 'For which need?',
    outside: 'Why do you invite this enterprise?',
    outsideHint: 'It is not among the matches of this need. Your answer is kept; the enterprise does not read it.',
    outsideShort: 'Give a reason of at least 3 characters.',
    invited: 'The invitation was sent.',
    toDeal: 'To the purchase',
    noNeeds: 'You have no open need yet. Post one first.',
    post: 'Post a need',
    loginText: 'Log in as a buyer to invite this enterprise.',
    similar: 'Similar offers',
    all: 'All offers of this enterprise',
  },
);

interface Around {
  organisation?: Organisation;
  cpvName?: string;
  region?: string[];
  similar?: Offer[];
}

// What stands elsewhere in the catalogue; each part comes when it comes.
const useAround = (offer: Offer | undefined, lang: Lang): Around => {
  const [around, setAround] = useState<Around>({});
  useEffect(() => {
    if (!offer) return;
    const add = (part: Promise<Around>) =>
      part.then(
        (found) => setAround((before) => ({ ...before, ...found })),
        () => undefined,
      );
    void add(
      get<Organisation>(`/organisations/${offer.supplier_id}`).then((organisation) => ({
        organisation,
      })),
    );
    void add(
      get<CpvPage>('/cpv-codes', { q: offer.cpv, limit: 1 }).then(({ items: [code] }) => ({
        cpvName: lang === 'en' ? code?.name_en : code?.name,
      })),
    );
    void add(
      get<MunicipalityPage>('/municipalities').then(({ items }) => ({
        region: items.filter(({ code }) => offer.region?.includes(code)).map(({ name }) => name),
      })),
    );
    void add(
      get<OfferPage>('/offers', { sector: offer.sector, limit: 4 }).then(({ items }) => ({
        similar: items.filter(({ id }) => id !== offer.id).slice(0, 3),
      })),
    );
  }, [offer?.id]);
  return around;
};

type Caller = 'unknown' | 'nobody' | 'owner' | 'buyer' | 'other';

const useCaller = (offer: Offer) => {
  const [caller, setCaller] = useState<Caller>('unknown');
  const [needs, setNeeds] = useState<Stored<Need>[]>([]);
  useEffect(() => {
    const load = async () => {
      const who = await me();
      if (!who.account_id) return setCaller('nobody');
      if (who.organisation_id === offer.supplier_id) return setCaller('owner');
      if (!hasRole(who, 'BUYER')) return setCaller('other');
      setNeeds(await getAll<Stored<Need>>('/needs', { mine: true, state: 'open' }));
      setCaller('buyer');
    };
    load().catch(() => undefined);
  }, []);
  return { caller, needs };
};

// Whether the enterprise is outside the matches of the need; undefined until that is known.
const useOutside = (needId: string, offer: Offer) => {
  const [outside, setOutside] = useState<boolean>();
  useEffect(() => {
    setOutside(undefined);
    if (!needId) return;
    get<MatchList>(`/needs/${needId}/matches`, { limit: 100 }).then(
      ({ items }) => setOutside(!items.some((one) => one.supplier_id === offer.supplier_id)),
      () => setOutside(false),
    );
  }, [needId]);
  return outside;
};

const Invite = ({ offer, lang }: { offer: Offer; lang: Lang }) => {
  const t = texts(lang);
  const { caller, needs } = useCaller(offer);
  const [needId, setNeedId] = useState('');
  const [sent, setSent] = useState(false);
  const doing = useDoing();
  const chosen = needId || needs[0]?.id || '';
  const outside = useOutside(chosen, offer);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState('');

  const invite = async (event: Event) => {
    event.preventDefault();
    const short = outside && reason.trim().length < 3;
    setWrong(short ? t.outsideShort : '');
    if (short) return;
    const why = outside ? { outside_reason: reason.trim() } : {};
    const body = { need_id: chosen, supplier_id: offer.supplier_id, offer_id: offer.id, ...why };
    setSent(await doing.run(() => create('/invitations', body)));
  };

  if (caller === 'owner') return null;
  if (sent)
    return (
      <Alert kind="ok" title={t.invited}>
        <A href={`${link('/deal/', lang)}?id=${chosen}`}>{t.toDeal}</A>
      </Alert>
    );
  if (caller === 'buyer' && needs.length > 0)
    return (
      <form noValidate onSubmit={(event) => void invite(event)}>
        <SelectField
          name="need"
          label={t.need}
          lang={lang}
          value={chosen}
          onValue={setNeedId}
          options={needs.map(({ id, title }) => [id, title] as const)}
        />
        {outside && (
          <AreaField
            name="outside_reason"
            label={t.outside}
            hint={t.outsideHint}
            lang={lang}
            rows={3}
            value={reason}
            onValue={setReason}
            fault={wrong || undefined}
          />
        )}
        <Button submit disabled={doing.busy || outside === undefined}>
          {t.invite}
        </Button>
        {doing.fault && <FaultAlert fault={doing.fault} lang={lang} />}
      </form>
    );
  return (
    <>
      {caller === 'buyer' && <p class="mw-source">{t.noNeeds}</p>}
      <ButtonLink href={link('/vraag-plaatsen/', lang)}>{t.post}</ButtonLink>
      {caller === 'nobody' && (
        <p class="mw-source">
          <A href={loginAddress(lang)}>{t.loginText}</A>
        </p>
      )}
    </>
  );
};

const Impact = ({
  offer,
  organisation,
  lang,
}: {
  offer: Offer;
  organisation?: Organisation;
  lang: Lang;
}) => {
  const t = texts(lang);
  if (!offer.impact && !organisation?.staff) return null;
  return (
    <section class="mw-impact" aria-labelledby="impact">
      <Heading level={2} look={3} id="impact">
        {t.impact}
      </Heading>
      {offer.impact && <p lang={dutchOnly(lang, undefined)}>{offer.impact}</p>}
      {organisation?.staff !== undefined && (
        <dl>
          <div>
            <dt>{t.staff}</dt>
            <dd>{number(organisation.staff, lang)}</dd>
          </div>
          {organisation.staff_target_group !== undefined && (
            <div>
              <dt>{t.staffTarget}</dt>
              <dd>{number(organisation.staff_target_group, lang)}</dd>
            </div>
          )}
        </dl>
      )}
      <p class="mw-source">{t.stated}</p>
    </section>
  );
};

const Enterprise = ({ organisation, lang }: { organisation: Organisation; lang: Lang }) => {
  const t = texts(lang);
  const labels = organisation.labels?.map((label) =>
    [
      word('label_scheme', label.scheme, lang),
      label.level,
      label.valid_until && t.until(date(label.valid_until, lang)),
    ]
      .filter(Boolean)
      .join(', '),
  );
  return (
    <section class="mw-section" aria-labelledby="enterprise">
      <Heading level={2} look={3} id="enterprise">
        {organisation.name}
      </Heading>
      {organisation.mission && <P>{organisation.mission}</P>}
      <Facts
        facts={[
          { term: t.labels, value: labels?.join('; ') },
          { term: t.kvk, value: organisation.kvk_number },
          {
            term: t.website,
            value: organisation.website?.startsWith('https://') && (
              <A href={organisation.website}>{organisation.website}</A>
            ),
          },
        ]}
      />
      <p class="mw-source">
        <A href={`${link('/marktplaats/', lang)}?supplierId=${organisation.id}`}>{t.all}</A>
      </p>
    </section>
  );
};

const factsOf = (offer: Offer, around: Around, lang: Lang): Fact[] => {
  const t = texts(lang);
  return [
    { term: t.kind, value: word('offer_kind', offer.kind, lang) },
    { term: t.cpv, value: [around.cpvName, offer.cpv].filter(Boolean).join(', ') },
    {
      term: t.capacity,
      value: offer.capacity !== undefined && t.upTo(number(offer.capacity, lang), offer.unit),
    },
    { term: t.region, value: offer.national ? t.national : around.region?.join(', ') },
    {
      term: t.goals,
      value: offer.goals?.map((goal) => word('impact_goal', goal, lang)).join(', '),
    },
    {
      term: t.groups,
      value: offer.target_groups?.map((group) => word('target_group', group, lang)).join(', '),
    },
    { term: t.vat, value: word('vat_rate', offer.vat, lang) },
  ];
};

export default function OfferView({ lang, d, fault }: PageProps<Offer>) {
  const t = texts(lang);
  const around = useAround(d, lang);
  useEffect(() => {
    if (d) document.title = `${offerTitle(d, lang)} - ${shared(lang).site}`;
  }, [d]);
  if (!d) return <Waiting lang={lang} fault={fault} title={meta.title[lang]} />;
  const title = offerTitle(d, lang);
  const description = (lang === 'en' && d.description_en) || d.description;
  return (
    <div class="mw-wrap mw-page">
      <Crumbs
        lang={lang}
        trail={[
          [shared(lang).market, '/marktplaats/'],
          [word('sector', d.sector, lang), `/marktplaats/?sector=${d.sector}`],
          [title],
        ]}
      />
      <Shopping lang={lang} />
      <div class="mw-detail">
        <div class="mw-detail__main">
          <Heading level={1}>{title}</Heading>
          <p class="mw-detail__by">
            <A href={`${link('/onderneming/', lang)}?id=${d.supplier_id}`}>{d.supplier_name}</A>{' '}
            <span aria-hidden="true">·</span> <Icon n="map-pin" size={18} />{' '}
            {d.supplier_municipality_name} <Fictional on={d.fictional} lang={lang} />{' '}
            {d.state !== 'published' && <State list="offer_state" state={d.state} lang={lang} />}
          </p>
          {photosOf(d.documents).length > 0 ? (
            <Photos documents={d.documents} title={offerTitle(d, lang)} />
          ) : (
            <Thumb sector={d.sector} big />
          )}
          <div class="mw-detail__text" lang={dutchOnly(lang, d.description_en)}>
            <P lead>{description}</P>
          </div>
          <Impact offer={d} organisation={around.organisation} lang={lang} />
          <Heading level={2} look={3}>
            {t.facts}
          </Heading>
          <Facts facts={factsOf(d, around, lang)} />
          <Files documents={d.documents} lang={lang} />
          {around.organisation && <Enterprise organisation={around.organisation} lang={lang} />}
          <Revisions offer={d} lang={lang} />
          <History lang={lang} noun="offer" thing={d} />
          <FlagForm on={{ offer_id: d.id }} about={offerTitle(d, lang)} owner={d.supplier_id} lang={lang} />
        </div>
        <aside class="mw-buy" aria-label={t.order}>
          <Price offer={d} lang={lang} />
          <Stock offer={d} lang={lang} />
          <AddToBasket offer={d} lang={lang} />
          <Invite offer={d} lang={lang} />
          <Shortlist what={{ offer_id: d.id ?? '' }} about={offerTitle(d, lang)} lang={lang} />
          <ul class="mw-ticks">
            <li>
              <Icon n="clock" size={18} /> {shared(lang).leadTime(d.lead_days)}
            </li>
            {around.organisation?.labels?.map((label) => (
              <li key={label.scheme}>
                <Icon n="shield-check" size={18} />{' '}
                {[word('label_scheme', label.scheme, lang), label.level].filter(Boolean).join(', ')}
              </li>
            ))}
          </ul>
        </aside>
      </div>
      {around.similar && around.similar.length > 0 && (
        <section class="mw-section">
          <Heading level={2}>{t.similar}</Heading>
          <div class="mw-grid3 mw-offers--upright">
            {around.similar.map((offer) => (
              <OfferCard key={offer.id} offer={offer} lang={lang} level={3} />
            ))}
          </div>
        </section>
      )}
    </div>
  );
}
