// The basket of whoever shops: a buyer, or the guest of a purchasing system. Added to on an offer's page, said on the market.
import { useEffect, useState } from 'preact/hooks';
import type { Basket, Offer } from '../gen/api';
import { create, get, hasRole, me, replace, type Stored } from './api';
import { TextField, useDoing } from './form';
import { dictionary, euro, link, type Lang } from './i18n';
import { A, Alert, Button, FaultAlert } from './ui';

const texts = dictionary(
  {
    quantity: 'Aantal',
    add: 'In het mandje',
    added: 'Het ligt in uw mandje.',
    toBasket: 'Naar het mandje',
    shopping: (buyer: string) => `U winkelt voor ${buyer}, vanuit uw inkoopsysteem.`,
    looking: (buyer: string) => `U bekijkt een mandje van ${buyer}, vanuit uw inkoopsysteem.`,
    inside: (count: number, total: string) =>
      count === 1 ? `In uw mandje ligt 1 regel: ${total}.` : `In uw mandje liggen ${count} regels: ${total}.`,
    back: 'Naar het mandje, en terug naar uw inkoopsysteem',
    whole: 'Vul een heel aantal in, 1 of meer.',
  },
  {
    quantity: 'Quantity',
    add: 'Add to basket',
    added: 'It is in your basket.',
    toBasket: 'To the basket',
    shopping: (buyer: string) => `You are shopping for ${buyer}, from your purchasing system.`,
    looking: (buyer: string) => `You are looking at a basket of ${buyer}, from your purchasing system.`,
    inside: (count: number, total: string) =>
      count === 1 ? `Your basket has 1 line: ${total}.` : `Your basket has ${count} lines: ${total}.`,
    back: 'To the basket, and back to your purchasing system',
    whole: 'Give a whole number, 1 or more.',
  },
);

export type OpenBasket = Stored<Basket>;

// Who may fill one: a buyer, or somebody who acts for no organisation and has one.
export const openBasket = async (): Promise<{ shops: boolean; basket?: OpenBasket | undefined }> => {
  const who = await me();
  const guest = who.account_id !== undefined && !who.organisation_id;
  if (!guest && !hasRole(who, 'BUYER')) return { shops: false };
  const { items } = await get<{ items: OpenBasket[] }>('/baskets', { state: 'open', limit: 1 });
  return { shops: !guest || items.length > 0, basket: items[0] };
};

export const asked = (basket: Pick<Basket, 'lines'>) =>
  basket.lines.map(({ offer_id, quantity }) => ({ offer_id, quantity }));

// One line more, or more of it; a basket is begun where there is none.
const put = (basket: OpenBasket | undefined, offer: string, quantity: number): Promise<OpenBasket> => {
  const others = basket ? asked(basket).filter((line) => line.offer_id !== offer) : [];
  const before = basket?.lines.find((line) => line.offer_id === offer)?.quantity ?? 0;
  const lines = [...others, { offer_id: offer, quantity: before + quantity }];
  return basket
    ? replace<Basket>(`/baskets/${basket.id}`, basket.version, { title: basket.title, reference: basket.reference, lines })
    : create<Basket>('/baskets', { lines });
};

export const wholeNumber = (text: string) => (/^[1-9]\d{0,8}$/.test(text.trim()) ? Number(text) : undefined);

const orderable = (offer: Offer) =>
  offer.state === 'published' && (offer.price_mode === 'fixed' || offer.price_mode === 'tiered');

export const AddToBasket = ({ offer, lang }: { offer: Offer; lang: Lang }) => {
  const t = texts(lang);
  const [shops, setShops] = useState(false);
  const [quantity, setQuantity] = useState('1');
  const [wrong, setWrong] = useState('');
  const [done, setDone] = useState(false);
  const doing = useDoing();
  useEffect(() => void openBasket().then((found) => setShops(found.shops), () => undefined), []);
  if (!shops || !orderable(offer)) return null;
  const add = async (event: Event) => {
    event.preventDefault();
    const count = wholeNumber(quantity);
    setWrong(count ? '' : t.whole);
    setDone(false);
    if (count)
      setDone(await doing.run(async () => put((await openBasket()).basket, offer.id ?? '', count)));
  };
  return (
    <form noValidate onSubmit={(event) => void add(event)}>
      <TextField
        name="quantity"
        label={`${t.quantity} (${offer.unit})`}
        lang={lang}
        short
        value={quantity}
        onValue={setQuantity}
        fault={wrong || undefined}
      />
      <Button submit disabled={doing.busy}>
        {t.add}
      </Button>
      {doing.fault && <FaultAlert fault={doing.fault} lang={lang} />}
      {done && (
        <Alert kind="ok" title={t.added}>
          <A href={link('/mandje/', lang)}>{t.toBasket}</A>
        </Alert>
      )}
    </form>
  );
};

// On the pages of the market: for whom somebody shops, and what they have.
export const Shopping = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const [basket, setBasket] = useState<OpenBasket>();
  useEffect(() => void openBasket().then((found) => setBasket(found.basket), () => undefined), []);
  if (!basket || (basket.source !== 'punchout' && basket.lines.length === 0)) return null;
  const guest = basket.source === 'punchout';
  return (
    <Alert>
      {guest && (
        <p>
          <b>{(basket.operation === 'inspect' ? t.looking : t.shopping)(basket.buyer_name ?? '')}</b>
        </p>
      )}
      {basket.lines.length > 0 && <p>{t.inside(basket.lines.length, euro(basket.total_cents ?? 0, lang, true))}</p>}
      <p>
        <A href={link('/mandje/', lang)}>{guest ? t.back : t.toBasket}</A>
      </p>
    </Alert>
  );
};
