// The lists of "my overview": each fetches its own things and says where they stand.
import type {
  Initiative,
  Invitation,
  Need,
  Order,
  Quote,
  Round,
  Story,
} from '../gen/api';
import { command, getAll, may } from './api';
import { Act } from './form';
import { date, dictionary, euro, link, moment, shared, word, type Lang } from './i18n';
import { List, useListing } from './lists';
import { A, State } from './ui';

const texts = dictionary(
  {
    needs: 'Inkoopvragen',
    noNeeds: 'Uw organisatie heeft nog geen inkoopvraag.',
    until: (when: string) => `offertes tot ${when}`,
    closed: (when: string) => `termijn gesloten op ${when}`,
    since: (day: string) => `van ${day}`,
    matches: 'Bekijk matches',
    publish: 'Op de markt zetten',
    invitations: 'Uitnodigingen',
    noInvitations: 'U hebt nog geen uitnodiging. Houd uw aanbod actueel, dan vindt een inkoper u.',
    from: (name: string) => `van ${name}`,
    market: 'Open vragen op de markt',
    noMarket: 'Er staat nu geen vraag open.',
    quotes: 'Offertes',
    noQuotes: 'U hebt nog geen offerte geschreven.',
    orders: 'Bestellingen',
    noOrders: 'Er zijn nog geen bestellingen.',
    accepted: (amount: string, total: string) => `${amount} van ${total} geaccepteerd`,
    parties: (buyer: string, supplier: string) => `${buyer} bij ${supplier}`,
    initiatives: 'Initiatieven',
    noInitiatives: 'U hebt nog geen initiatief ingediend.',
    programmes: 'Bekijk het programma',
    rounds: 'Rondes',
    noRounds: 'Er zijn nog geen rondes.',
    round: (name: string, number: number) => `${name}, ronde ${number}`,
    submitted: (count: number) => `${count} ingediend`,
    stories: 'Verhalen en tips van mijn stad',
    noStories: 'Uw stad heeft nog geen verhaal.',
    city: 'Naar de pagina van mijn stad',
    adoptions: (count: number) => `${count} keer overgenomen`,
  },
  {
    needs: 'Needs',
    noNeeds: 'Your organisation has no need yet.',
    until: (when: string) => `quotes until ${when}`,
    closed: (when: string) => `closed on ${when}`,
    since: (day: string) => `of ${day}`,
    matches: 'See matches',
    publish: 'Put on the market',
    invitations: 'Invitations',
    noInvitations: 'You have no invitation yet. Keep your offers current, so that buyers find you.',
    from: (name: string) => `from ${name}`,
    market: 'Open needs on the market',
    noMarket: 'No need is open now.',
    quotes: 'Quotes',
    noQuotes: 'You have not written a quote yet.',
    orders: 'Orders',
    noOrders: 'There are no orders yet.',
    accepted: (amount: string, total: string) => `${amount} of ${total} accepted`,
    parties: (buyer: string, supplier: string) => `${buyer} from ${supplier}`,
    initiatives: 'Initiatives',
    noInitiatives: 'You have not submitted an initiative yet.',
    programmes: 'See the programme',
    rounds: 'Rounds',
    noRounds: 'There are no rounds yet.',
    round: (name: string, number: number) => `${name}, round ${number}`,
    submitted: (count: number) => `${count} submitted`,
    stories: 'Stories and tips of my city',
    noStories: 'Your city has no story yet.',
    city: 'To the page of my city',
    adoptions: (count: number) => `taken over ${count} times`,
  },
);

type OwnProps = { lang: Lang };

// Until when, as long as that matters; else when it was written.
const needTime = (need: Need, lang: Lang) => {
  const t = texts(lang);
  if (need.state !== 'draft' && need.state !== 'open')
    return need.created_at && t.since(date(need.created_at, lang));
  const when = moment(need.quote_deadline, lang);
  return Date.parse(need.quote_deadline) > Date.now() ? t.until(when) : t.closed(when);
};

const dealLink = (lang: Lang, needId: string | undefined) => `${link('/deal/', lang)}?id=${needId}`;

export const Needs = ({ lang }: OwnProps) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Need>('/needs', { mine: true }));
  return (
    <List
      id="needs"
      title={t.needs}
      empty={t.noNeeds}
      lang={lang}
      listing={listing}
      three
      row={(need) => (
        <>
          <span>
            <A href={dealLink(lang, need.id)}>{need.title}</A>
          </span>
          <span class="mw-quiet">
            <State list="need_state" state={need.state} lang={lang} /> {needTime(need, lang)}
          </span>
          <span>
            {need.state === 'open' && (
              <A href={`${link('/matches/', lang)}?id=${need.id}`}>{t.matches}</A>
            )}
            {may(need, 'publish') && (
              <Act
                lang={lang}
                kind="secondary"
                label={t.publish}
                about={need.title}
                act={() => command('/needs', need, 'publish').then(listing.reload)}
              />
            )}
          </span>
        </>
      )}
    />
  );
};

export const Invitations = ({ lang }: OwnProps) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Invitation>('/invitations'));
  return (
    <List
      id="invitations"
      title={t.invitations}
      empty={t.noInvitations}
      lang={lang}
      listing={listing}
      row={(invitation) => (
        <>
          <span>
            <A href={dealLink(lang, invitation.need_id)}>{invitation.need_title}</A>{' '}
            {t.from(invitation.buyer_name ?? '')}
          </span>
          <span class="mw-quiet">
            <State list="invitation_state" state={invitation.state} lang={lang} />{' '}
            {invitation.quote_deadline && t.until(moment(invitation.quote_deadline, lang))}
          </span>
        </>
      )}
    />
  );
};

// Who was not invited may quote too. What closes first comes first.
const openNeeds = async () => {
  const needs = await getAll<Need>('/needs', { state: 'open' });
  return needs
    .filter((need) => Date.parse(need.quote_deadline) > Date.now())
    .sort((a, b) => a.quote_deadline.localeCompare(b.quote_deadline));
};

export const OpenNeeds = ({ lang }: OwnProps) => {
  const t = texts(lang);
  const listing = useListing(openNeeds);
  return (
    <List
      id="market"
      title={t.market}
      empty={t.noMarket}
      lang={lang}
      listing={listing}
      row={(need) => (
        <>
          <span>
            <A href={dealLink(lang, need.id)}>{need.title}</A> {t.from(need.buyer_name ?? '')}
          </span>
          <span class="mw-quiet">
            {[word('sector', need.sector, lang), needTime(need, lang)].filter(Boolean).join(', ')}
          </span>
        </>
      )}
    />
  );
};

export const Quotes = ({ lang }: OwnProps) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Quote>('/quotes'));
  return (
    <List
      id="quotes"
      title={t.quotes}
      empty={t.noQuotes}
      lang={lang}
      listing={listing}
      row={(quote) => (
        <>
          <span>
            <A href={dealLink(lang, quote.need_id)}>{quote.need_title}</A>
          </span>
          <span class="mw-quiet">
            <State list="quote_state" state={quote.state} lang={lang} />{' '}
            {quote.total_cents !== undefined &&
              `${euro(quote.total_cents, lang, true)} ${shared(lang).exVat}`}
          </span>
        </>
      )}
    />
  );
};

export const Orders = ({ lang }: OwnProps) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Order>('/orders'));
  return (
    <List
      id="orders"
      title={t.orders}
      empty={t.noOrders}
      lang={lang}
      listing={listing}
      row={(order) => (
        <>
          <span>
            <A href={dealLink(lang, order.need_id)}>{order.need_title}</A>
            <br />
            <span class="mw-quiet">
              {t.parties(order.buyer_name ?? '', order.supplier_name ?? '')}
            </span>
          </span>
          <span class="mw-quiet">
            <State list="order_state" state={order.state} lang={lang} />{' '}
            {t.accepted(
              euro(order.accepted_cents ?? 0, lang, true),
              euro(order.total_cents ?? 0, lang, true),
            )}
          </span>
        </>
      )}
    />
  );
};

export const Applications = ({ lang }: OwnProps) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Initiative>('/initiatives', { mine: true }));
  return (
    <List
      id="initiatives"
      title={t.initiatives}
      empty={t.noInitiatives}
      lang={lang}
      listing={listing}
      row={(initiative) => (
        <>
          <span>
            <A href={`${link('/initiatief/', lang)}?id=${initiative.id}`}>{initiative.title}</A>
          </span>
          <span class="mw-quiet">
            <State list="initiative_state" state={initiative.state} lang={lang} />{' '}
            {initiative.municipality_name}
          </span>
        </>
      )}
    >
      <p>
        <A href={link('/programma/', lang)}>{t.programmes}</A>
      </p>
    </List>
  );
};

export const Rounds = ({ lang }: OwnProps) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Round>('/rounds'));
  return (
    <List
      id="rounds"
      title={t.rounds}
      empty={t.noRounds}
      lang={lang}
      listing={listing}
      row={(round) => (
        <>
          <span>
            <A href={`${link('/ronde/', lang)}?id=${round.id}`}>
              {t.round(round.programme_name ?? '', round.number)}
            </A>
          </span>
          <span class="mw-quiet">
            <State list="round_state" state={round.state} lang={lang} />{' '}
            {t.submitted(round.submitted ?? 0)}
          </span>
        </>
      )}
    />
  );
};

export const Stories = ({ lang, municipality }: OwnProps & { municipality: string }) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Story>('/stories', { municipality }));
  return (
    <List
      id="stories"
      title={t.stories}
      empty={t.noStories}
      lang={lang}
      listing={listing}
      row={(story) => (
        <>
          <span>
            <A href={`${link('/verhaal/', lang)}?id=${story.id}`}>{story.title}</A>
          </span>
          <span class="mw-quiet">
            <State list="story_state" state={story.state} lang={lang} />{' '}
            {word('roadmap_theme', story.theme, lang)}, {t.adoptions(story.adoptions ?? 0)}
          </span>
        </>
      )}
    >
      <p>
        <A href={`${link('/stad/', lang)}?municipality=${municipality}`}>{t.city}</A>
      </p>
    </List>
  );
};

