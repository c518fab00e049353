// Puts an offer or an enterprise on a list that the people of one's organisation share.
import { useState } from 'preact/hooks';
import type { Favourite, FavouriteList } from '../gen/api';
import { create, getAll, hasRole, type Stored } from './api';
import { useMe } from './flag-form';
import { AreaField, SelectField, TextField, type Option } from './form';
import { dictionary, link, type Lang } from './i18n';
import { useListing } from './lists';
import { Done, StepForm, required } from './step';
import { A } from './ui';

const texts = dictionary(
  {
    put: 'Zet op een lijst',
    list: 'Welke lijst?',
    fresh: 'Een nieuwe lijst',
    name: 'Naam van de nieuwe lijst',
    note: 'Notitie',
    noteHint: 'Uw collega’s lezen dit.',
    done: 'Het staat op de lijst.',
    lists: 'Naar uw lijsten',
    on: (names: string) => `Staat al op: ${names}`,
  },
  {
    put: 'Put on a list',
    list: 'Which list?',
    fresh: 'A new list',
    name: 'Name of the new list',
    note: 'Note',
    noteHint: 'Your colleagues read this.',
    done: 'It stands on the list.',
    lists: 'To your lists',
    on: (names: string) => `Already on: ${names}`,
  },
);

type What = { offer_id: string } | { supplier_id: string };

const fresh = 'new';

const Form = ({ what, about, lang }: { what: What; about: string; lang: Lang }) => {
  const t = texts(lang);
  const lists = useListing(() => getAll<Stored<FavouriteList>>('/favourite-lists'));
  const query = 'offer_id' in what ? { offerId: what.offer_id } : { supplierId: what.supplier_id };
  const entries = useListing(async () =>
    (await getAll<Favourite>('/favourites', query)).filter((one) => 'offer_id' in what || !one.offer_id),
  );
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const [said, setSaid] = useState('');
  const options: Option[] = [
    ...(lists.items ?? []).map(({ id, title }) => [id, title ?? ''] as const),
    [fresh, t.fresh] as const,
  ];
  const list: string = options.length === 1 ? fresh : chosen;
  const check = () =>
    required({ list: [t.list, list], ...(list === fresh ? { name: [t.name, name] as const } : {}) }, lang);
  const send = async () => {
    const id =
      list === fresh
        ? (await create<FavouriteList>('/favourite-lists', { title: name.trim() })).id
        : list;
    await create<Favourite>('/favourites', {
      list_id: id,
      ...what,
      ...(note.trim() ? { note: note.trim() } : {}),
    });
    await Promise.all([lists.reload(), entries.reload()]);
    [setChosen, setName, setNote].forEach((empty) => empty(''));
    setSaid(t.done);
  };
  return (
    <>
      {entries.items && entries.items.length > 0 && (
        <p class="mw-quiet">{t.on(entries.items.map(({ list_title: title }) => title).join(', '))}</p>
      )}
      <StepForm id="shortlist" lang={lang} label={t.put} about={about} check={check} send={send}>
        {(slot) => (
          <>
            {options.length > 1 && (
              <SelectField {...slot('list')} label={t.list} value={chosen} onValue={setChosen} options={options} />
            )}
            {list === fresh && <TextField {...slot('name')} label={t.name} value={name} onValue={setName} />}
            <AreaField
              {...slot('note')}
              label={t.note}
              hint={t.noteHint}
              optional
              rows={2}
              value={note}
              onValue={setNote}
            />
          </>
        )}
      </StepForm>
      <Done text={said} />
      {said && <A href={link('/lijsten/', lang)}>{t.lists}</A>}
    </>
  );
};

export const Shortlist = (props: { what: What; about: string; lang: Lang }) =>
  hasRole(useMe(), 'BUYER', 'APPROVER', 'SUPPLIER') ? <Form {...props} /> : null;
