// How many of an offer there are: everybody reads what is left, and its own people count it, change it and stop counting.
import { useState } from 'preact/hooks';
import type { Offer, Stock as Counted } from '../gen/api';
import { command, create, getAll, hasRole, may, replace, type Stored } from './api';
import { useMe } from './flag-form';
import { Act, TextField, type Faults } from './form';
import { dictionary, number, type Lang } from './i18n';
import { useListing } from './lists';
import { Done, StepForm, countOf } from './step';

const texts = dictionary(
  {
    left: (count: string, unit: string) => `Nog ${count} op voorraad (eenheid: ${unit})`,
    none: 'Niet op voorraad',
    count: 'Voorraad tellen',
    about: 'Telt u de voorraad, dan kan niemand meer bestellen dan er is.',
    units: 'Hoeveel zijn er?',
    change: 'Voorraad aanpassen',
    total: 'Hoeveel zijn er, met wat besteld is erbij?',
    ordered: (count: string) => `Daarvan besteld: ${count}.`,
    end: 'Voorraad niet meer tellen',
    notCount: 'Vul een heel getal in, bijvoorbeeld 25.',
    counted: 'De voorraad wordt geteld.',
    changed: 'De voorraad is aangepast.',
    ended: 'De voorraad wordt niet meer geteld. Bestellen kan zonder grens.',
  },
  {
    left: (count: string, unit: string) => `${count} left (unit: ${unit})`,
    none: 'Out of stock',
    count: 'Count the stock',
    about: 'When you count the stock, nobody can order more than there is.',
    units: 'How many are there?',
    change: 'Change the stock',
    total: 'How many are there, with those that are ordered?',
    ordered: (count: string) => `Of these ordered: ${count}.`,
    end: 'Count the stock no more',
    notCount: 'Give a whole number, for example 25.',
    counted: 'The stock is counted.',
    changed: 'The stock is changed.',
    ended: 'The stock is counted no more. Orders have no limit.',
  },
);

type Own = Stored<Counted>;

interface FormProps {
  offer: Offer;
  stock: Own | undefined;
  lang: Lang;
  done: (said: string) => Promise<void>;
}

const CountForm = ({ offer, stock, lang, done }: FormProps) => {
  const t = texts(lang);
  const [typed, setTyped] = useState(String(stock?.units ?? ''));
  const units = countOf(typed);
  const check = (): Faults => (units === undefined ? { units: t.notCount } : {});
  const send = async () => {
    const body = { offer_id: offer.id, units, ...(offer.fictional ? { fictional: true } : {}) };
    await (stock ? replace<Counted>(`/stocks/${stock.id}`, stock.version, body) : create<Counted>('/stocks', body));
    await done(stock ? t.changed : t.counted);
  };
  return (
    <StepForm id="stock" lang={lang} label={stock ? t.change : t.count} check={check} send={send}>
      {(slot) => (
        <>
          {!stock && <p>{t.about}</p>}
          <TextField
            {...slot('units')}
            label={stock ? t.total : t.units}
            {...(stock ? { hint: t.ordered(number(stock.ordered ?? 0, lang)) } : {})}
            short
            value={typed}
            onValue={setTyped}
          />
        </>
      )}
    </StepForm>
  );
};

export const Stock = ({ offer, lang }: { offer: Offer; lang: Lang }) => {
  const t = texts(lang);
  const who = useMe();
  const [said, setSaid] = useState('');
  const { items, reload } = useListing(() => getAll<Own>('/stocks', { offerId: offer.id }));
  if (!items) return null;
  const stock = items.find(({ state }) => state === 'counted');
  const own = hasRole(who, 'SUPPLIER') && who?.organisation_id === offer.supplier_id && offer.state === 'published';
  const done = async (text: string) => {
    await reload();
    setSaid(text);
  };
  return (
    <>
      {stock && (
        <p>
          <b>{stock.left ? t.left(number(stock.left, lang), offer.unit) : t.none}</b>
        </p>
      )}
      <Done text={said} />
      {own && <CountForm key={stock?.version} offer={offer} stock={stock} lang={lang} done={done} />}
      {stock && may(stock, 'end') && (
        <Act lang={lang} kind="secondary" label={t.end} act={() => command('/stocks', stock, 'end').then(() => done(t.ended))} />
      )}
    </>
  );
};
