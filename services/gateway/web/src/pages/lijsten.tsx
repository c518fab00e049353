// Lists of offers and enterprises that the people of an organisation share, and asking all on one for a quote.
import { useEffect, useState } from 'preact/hooks';
import type { Favourite, FavouriteList, Invitation, Me, Need } from '../gen/api';
import { command, create, faultOf, getAll, hasRole, may, replace, type Stored } from '../lib/api';
import { useColleagues } from '../lib/colleagues';
import { Act, AreaField, SelectField, TextField } from '../lib/form';
import { date, dictionary, link, type Lang } from '../lib/i18n';
import { List, useListing, type Listing } from '../lib/lists';
import { OwnPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';
import { Done, StepForm, required } from '../lib/step';
import { A, Badge } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Lijsten', en: 'Lists' },
  about: {
    nl: 'Aanbod en ondernemingen die u met uw collega’s bewaart.',
    en: 'Offers and enterprises that you keep with your colleagues.',
  },
};

const texts = dictionary(
  {
    lists: 'Uw lijsten',
    noLists: 'Er is nog geen lijst. Maak er hier een, of zet aanbod op een lijst vanaf zijn pagina.',
    entries: (count: number) => (count === 1 ? '1 op de lijst' : `${count} op de lijst`),
    make: 'Nieuwe lijst',
    name: 'Naam',
    note: 'Notitie',
    open: 'Bekijken',
    drop: 'Lijst wegdoen',
    rename: 'Naam of notitie aanpassen',
    save: 'Bewaren',
    none: 'Er staat nog niets op deze lijst.',
    gone: 'Nu niet op de markt',
    by: (who: string, day: string) => `door ${who}, op ${day}`,
    self: 'uzelf',
    mate: 'een collega',
    off: 'Van de lijst halen',
    quote: 'Vraag iedereen op deze lijst een offerte',
    need: 'Voor welke vraag?',
    ask: 'Uitnodigen',
    noNeed: 'U hebt geen open vraag. Plaats er eerst een; kom daarna hier terug om uit te nodigen.',
    post: 'Vraag plaatsen',
    asked: (count: number, left: number) =>
      `${count} uitgenodigd${left ? `; ${left} niet, want al uitgenodigd of nu niet uit te nodigen` : ''}.`,
    deal: 'Naar de inkoop',
    market: 'Naar de marktplaats',
  },
  {
    lists: 'Your lists',
    noLists: 'There is no list yet. Make one here, or put an offer on a list from its page.',
    entries: (count: number) => `${count} on the list`,
    make: 'New list',
    name: 'Name',
    note: 'Note',
    open: 'Show',
    drop: 'Drop the list',
    rename: 'Change name or note',
    save: 'Save',
    none: 'Nothing stands on this list yet.',
    gone: 'Not on the market now',
    by: (who: string, day: string) => `by ${who}, on ${day}`,
    self: 'yourself',
    mate: 'a colleague',
    off: 'Take off the list',
    quote: 'Ask everybody on this list for a quote',
    need: 'For which need?',
    ask: 'Invite',
    noNeed: 'You have no open need. Post one first; then come back here to invite.',
    post: 'Post a need',
    asked: (count: number, left: number) =>
      `${count} invited${left ? `; ${left} not, as invited before or not to be invited now` : ''}.`,
    deal: 'To the purchase',
    market: 'To the marketplace',
  },
);

interface NamesProps {
  id: string;
  lang: Lang;
  label: string;
  before?: Pick<FavouriteList, 'title' | 'note'>;
  send: (body: { title: string; note?: string }) => Promise<unknown>;
}

const Names = ({ before, send, ...props }: NamesProps) => {
  const t = texts(props.lang);
  const [title, setTitle] = useState(before?.title ?? '');
  const [note, setNote] = useState(before?.note ?? '');
  const body = { title: title.trim(), ...(note.trim() ? { note: note.trim() } : {}) };
  const clear = () => {
    if (before) return;
    setTitle('');
    setNote('');
  };
  return (
    <StepForm
      {...props}
      submit={t.save}
      check={() => required({ title: [t.name, title] }, props.lang)}
      send={() => send(body).then(clear)}
    >
      {(slot) => (
        <>
          <TextField {...slot('title')} label={t.name} value={title} onValue={setTitle} />
          <AreaField {...slot('note')} label={t.note} optional rows={2} value={note} onValue={setNote} />
        </>
      )}
    </StepForm>
  );
};

// Every enterprise of a list once; who cannot be invited is passed by, and counted.
const inviteAll = async (needId: string, entries: readonly Favourite[]) => {
  const firsts = entries.filter(
    (one, at) => entries.findIndex(({ supplier_id: id }) => id === one.supplier_id) === at,
  );
  const answers = await Promise.all(
    firsts.map(({ supplier_id, offer_id }) =>
      create<Invitation>('/invitations', { need_id: needId, supplier_id, offer_id }).then(
        () => true,
        (thrown: unknown) => {
          const fault = faultOf(thrown);
          if (fault.status !== 409) throw fault;
          return false;
        },
      ),
    ),
  );
  const invited = answers.filter(Boolean).length;
  return { invited, left: answers.length - invited };
};

const AskAll = ({ entries, lang }: { entries: readonly Favourite[]; lang: Lang }) => {
  const t = texts(lang);
  const needs = useListing(() => getAll<Stored<Need>>('/needs', { mine: true, state: 'open' }));
  const [needId, setNeedId] = useState('');
  const [done, setDone] = useState<{ invited: number; left: number; needId: string }>();
  if (!needs.items) return null;
  if (needs.items.length === 0)
    return (
      <p>
        {t.noNeed} <A href={link('/vraag-plaatsen/', lang)}>{t.post}</A>
      </p>
    );
  const send = async () => setDone({ ...(await inviteAll(needId, entries)), needId });
  return (
    <>
      <StepForm
        id="ask-all"
        lang={lang}
        label={t.quote}
        submit={t.ask}
        check={() => required({ need: [t.need, needId] }, lang)}
        send={send}
      >
        {(slot) => (
          <SelectField
            {...slot('need')}
            label={t.need}
            value={needId}
            onValue={setNeedId}
            options={(needs.items ?? []).map(({ id, title }) => [id, title] as const)}
          />
        )}
      </StepForm>
      <Done text={done ? t.asked(done.invited, done.left) : ''} />
      {done && <A href={`${link('/deal/', lang)}?id=${done.needId}`}>{t.deal}</A>}
    </>
  );
};

const hrefOf = (one: Favourite, lang: Lang) =>
  one.offer_id
    ? `${link('/aanbod/', lang)}?id=${one.offer_id}`
    : `${link('/onderneming/', lang)}?id=${one.supplier_id}`;

interface EntriesProps {
  list: Stored<FavouriteList>;
  who: Me;
  lists: Listing<Stored<FavouriteList>>;
  lang: Lang;
}

const Entries = ({ list, who, lists, lang }: EntriesProps) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Stored<Favourite>>('/favourites', { listId: list.id }));
  const colleague = useColleagues();
  const nameOf = (account = '') => (account === who.account_id ? t.self : (colleague(account) ?? t.mate));
  const reload = () => Promise.all([listing.reload(), lists.reload()]);
  return (
    <List
      id="entries"
      title={list.title ?? ''}
      empty={t.none}
      lang={lang}
      listing={listing}
      row={(one) => (
        <>
          <div>
            <A href={hrefOf(one, lang)}>{one.title}</A> {!one.available && <Badge tone="warn">{t.gone}</Badge>}
            {one.offer_id && <p class="mw-quiet">{one.supplier_name}</p>}
            {one.note && <p class="mw-long">{one.note}</p>}
            <p class="mw-quiet">{t.by(nameOf(one.added_by), date(one.created_at, lang))}</p>
          </div>
          <div>
            {may(one, 'remove') && (
              <Act
                lang={lang}
                kind="secondary"
                label={t.off}
                about={one.title ?? ''}
                act={() => command('/favourites', one, 'remove').then(reload)}
              />
            )}
          </div>
        </>
      )}
    >
      {listing.items && listing.items.length > 0 && hasRole(who, 'BUYER') && (
        <AskAll entries={listing.items} lang={lang} />
      )}
      {may(list, 'put') && (
        <Names
          key={list.version}
          id={`names-${list.id}`}
          lang={lang}
          label={t.rename}
          before={list}
          send={(body) =>
            replace<FavouriteList>(`/favourite-lists/${list.id}`, list.version, body).then(lists.reload)
          }
        />
      )}
    </List>
  );
};

const Lists = ({ who, lang }: { who: Me; lang: Lang }) => {
  const t = texts(lang);
  const lists = useListing(() => getAll<Stored<FavouriteList>>('/favourite-lists'));
  const [chosen, setChosen] = useState('');
  useEffect(() => setChosen(new URLSearchParams(location.search).get('id') ?? ''), []);
  const open = lists.items?.find(({ id }) => id === chosen) ?? lists.items?.[0];
  return (
    <>
      <List
        id="lists"
        title={t.lists}
        empty={t.noLists}
        lang={lang}
        listing={lists}
        row={(one) => (
          <>
            <div>
              <A href={`${link('/lijsten/', lang)}?id=${one.id}`}>{one.title}</A>
              <p class="mw-quiet">
                {t.entries(one.entries ?? 0)}
                {one.note && <>, {one.note}</>}
              </p>
            </div>
            <div>
              {may(one, 'drop') && (
                <Act
                  lang={lang}
                  kind="secondary"
                  label={t.drop}
                  about={one.title}
                  act={() => command('/favourite-lists', one, 'drop').then(lists.reload)}
                />
              )}
            </div>
          </>
        )}
      >
        {hasRole(who, 'BUYER', 'APPROVER', 'SUPPLIER') && (
          <Names
            id="list-new"
            lang={lang}
            label={t.make}
            send={async (body) => {
              const made = await create<FavouriteList>('/favourite-lists', body);
              await lists.reload();
              setChosen(made.id);
            }}
          />
        )}
      </List>
      {open && <Entries key={open.id} list={open} who={who} lists={lists} lang={lang} />}
      <p>
        <A href={link('/marktplaats/', lang)}>{t.market}</A>
      </p>
    </>
  );
};

export default function ListsPage({ lang }: PageProps) {
  return (
    <OwnPage lang={lang} meta={meta}>
      {(who) => <Lists who={who} lang={lang} />}
    </OwnPage>
  );
}
