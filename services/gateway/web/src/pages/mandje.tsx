// The basket: what is in it and of whom, the prices of now, and ordering it or taking it back to a purchasing system.
import { useEffect, useState } from 'preact/hooks';
import type { Basket, BasketLine } from '../gen/api';
import { command, faultOf, get, hasRole, loginAddress, may, me, replace, type Fault, type Stored } from '../lib/api';
import { asked, openBasket, wholeNumber } from '../lib/basket';
import { BasketImport } from '../lib/basket-import';
import { Act, FaultSummary, TextField, faultsOf, useDoing, type Faults } from '../lib/form';
import { dictionary, euro, link, number, shared, word, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { enterAsGuest, goBack, guestWord } from '../lib/punchout';
import { Done } from '../lib/step';
import { A, Alert, Button, Crumbs, Facts, FaultAlert, Fictional, Heading, P, State } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Mandje', en: 'Basket' },
  about: {
    nl: 'Aanbod met een vaste prijs, van meer ondernemingen tegelijk: u bestelt het in één keer.',
    en: 'Offers with a fixed price, of several enterprises at once: you order them in one go.',
  },
};

const texts = dictionary(
  {
    entering: 'Uw inkoopsysteem wordt herkend…',
    notEntered: 'Dit adres werkt niet (meer). Begin opnieuw vanuit uw inkoopsysteem.',
    empty: 'Uw mandje is leeg.',
    market: 'Naar de marktplaats',
    quantity: 'Aantal',
    per: (price: string, unit: string) => `${price} per ${unit}`,
    line: 'Regel',
    remove: 'Haal eruit',
    order: (name: string, sum: string) => `${name}: ${sum}`,
    changed: 'Veranderd: prijs of eenheid is anders, of het is niet meer te koop.',
    stale: 'Er is iets veranderd sinds u het mandje vulde. Ververs de prijzen en kijk alles na.',
    save: 'Bewaar de aantallen en ververs de prijzen',
    saved: 'Het mandje is bijgewerkt met de prijzen van nu.',
    total: 'Totaal, exclusief btw',
    orders: 'Aantal bestellingen',
    reference: 'Uw eigen kenmerk',
    referenceHint: 'Het komt op elke bestelling en factuur.',
    buy: (count: number) => (count === 1 ? 'Bestel (1 bestelling)' : `Bestel (${count} bestellingen)`),
    bought: 'Alles is besteld: één bestelling per onderneming.',
    split: 'Elke onderneming krijgt een eigen bestelling. Lukt er één niet, dan wordt er niets besteld.',
    drop: 'Gooi het mandje weg',
    dropped: 'Het mandje is weg.',
    guest: (buyer: string) => `U winkelt voor ${buyer}.`,
    goesTo: (host: string) => `Het mandje gaat terug naar ${host}. Daar wordt het goedgekeurd en besteld.`,
    back: 'Terug naar het inkoopsysteem met dit mandje',
    backEmpty: 'Terug zonder mandje',
    onlyLook: 'U kunt dit mandje bekijken, niet wijzigen.',
    made: 'De bestellingen',
    whole: 'Vul een heel aantal in, 1 of meer.',
    notYours: 'Alleen inkopers vullen een mandje.',
    systems: 'Koppel een inkoopsysteem (PunchOut)',
  },
  {
    entering: 'Recognising your purchasing system…',
    notEntered: 'This address does not work (any more). Begin again from your purchasing system.',
    empty: 'Your basket is empty.',
    market: 'To the marketplace',
    quantity: 'Quantity',
    per: (price: string, unit: string) => `${price} per ${unit}`,
    line: 'Line',
    remove: 'Take out',
    order: (name: string, sum: string) => `${name}: ${sum}`,
    changed: 'Changed: its price or unit is another, or it is no longer for sale.',
    stale: 'Something changed since you filled the basket. Refresh the prices and check everything.',
    save: 'Save the quantities and refresh the prices',
    saved: 'The basket has the prices of now.',
    total: 'Total, excluding VAT',
    orders: 'Number of orders',
    reference: 'Your own reference',
    referenceHint: 'It stands on each order and invoice.',
    buy: (count: number) => (count === 1 ? 'Order (1 order)' : `Order (${count} orders)`),
    bought: 'Everything is ordered: one order per enterprise.',
    split: 'Each enterprise gets an order of its own. If one fails, nothing is ordered.',
    drop: 'Throw the basket away',
    dropped: 'The basket is gone.',
    guest: (buyer: string) => `You are shopping for ${buyer}.`,
    goesTo: (host: string) => `The basket goes back to ${host}. There it is approved and ordered.`,
    back: 'Back to the purchasing system with this basket',
    backEmpty: 'Back without a basket',
    onlyLook: 'You can look at this basket, not change it.',
    made: 'The orders',
    whole: 'Give a whole number, 1 or more.',
    notYours: 'Only buyers fill a basket.',
    systems: 'Connect a purchasing system (PunchOut)',
  },
);

type Own = Stored<Basket>;

interface PartProps {
  basket: Own;
  lang: Lang;
  changed: (now: Own | undefined, said: string) => void;
}

const Line = ({ line, lang, typed, onTyped, remove, fault }: {
  line: BasketLine;
  lang: Lang;
  typed: string | undefined; // undefined: it cannot be changed
  onTyped: (text: string) => void;
  remove: () => void;
  fault: string | undefined;
}) => {
  const t = texts(lang);
  return (
    <li>
      <div>
        <a class="nl-link" href={`${link('/aanbod/', lang)}?id=${line.offer_id}`}>
          {line.title}
        </a>
        <br />
        {t.per(euro(line.unit_price_cents ?? 0, lang, true), line.unit ?? '')}
        {line.changed && (
          <p class="mw-quiet">
            <b>{t.changed}</b>
          </p>
        )}
        {typed === undefined ? (
          <p>
            {t.quantity}: {number(line.quantity, lang)}
          </p>
        ) : (
          <TextField
            name={`quantity-${line.no}`}
            label={`${t.quantity}: ${line.title}`}
            lang={lang}
            short
            value={typed}
            onValue={onTyped}
            fault={fault}
          />
        )}
      </div>
      <div>
        <b>{euro(line.net_cents ?? 0, lang, true)}</b>
        {typed !== undefined && (
          <Button kind="subtle" onClick={remove}>
            {t.remove}
            <span class="mw-hidden">: {line.title}</span>
          </Button>
        )}
      </div>
    </li>
  );
};

// Lines by the enterprise that they are of: each becomes an order.
const parts = (lines: readonly BasketLine[]) => {
  const names = [...new Set(lines.map((line) => line.supplier_id))];
  return names.map((id) => lines.filter((line) => line.supplier_id === id));
};

const Lines = ({ basket, lang, changed }: PartProps) => {
  const t = texts(lang);
  const mine = may(basket, 'put');
  const [typed, setTyped] = useState<Record<string, string>>(
    Object.fromEntries(basket.lines.map((line) => [line.offer_id, String(line.quantity)])),
  );
  const [reference, setReference] = useState(basket.reference ?? '');
  const [faults, setFaults] = useState<Faults>({});
  const doing = useDoing();
  useEffect(() => setFaults(doing.fault ? faultsOf(doing.fault) : {}), [doing.fault]);
  const store = (lines: { offer_id: string; quantity: number }[]) =>
    doing.run(async () => {
      const body = { title: basket.title, reference: reference.trim() || undefined, lines };
      changed(await replace<Basket>(`/baskets/${basket.id}`, basket.version, body), t.saved);
    });
  const submit = (event: Event) => {
    event.preventDefault();
    const lines = basket.lines.map((line) => ({
      offer_id: line.offer_id,
      quantity: wholeNumber(typed[line.offer_id] ?? '') ?? 0,
    }));
    const wrong = basket.lines.filter((_, at) => !lines[at]?.quantity);
    setFaults(Object.fromEntries(wrong.map((line) => [`quantity-${line.no}`, t.whole])));
    if (wrong.length === 0) void store(lines);
  };
  return (
    <form noValidate onSubmit={submit}>
      <FaultSummary faults={faults} lang={lang} />
      {doing.fault?.errors.length === 0 && <FaultAlert fault={doing.fault} lang={lang} />}
      {parts(basket.lines).map((lines) => (
        <section key={lines[0]?.supplier_id} class="mw-section" aria-labelledby={`of-${lines[0]?.supplier_id}`}>
          <Heading level={2} look={3} id={`of-${lines[0]?.supplier_id}`}>
            {t.order(
              lines[0]?.supplier_name ?? '',
              euro(lines.reduce((sum, line) => sum + (line.net_cents ?? 0), 0), lang, true),
            )}
          </Heading>
          <ul class="mw-rows">
            {lines.map((line) => (
              <Line
                key={line.offer_id}
                line={line}
                lang={lang}
                typed={mine ? typed[line.offer_id] : undefined}
                onTyped={(text) => setTyped({ ...typed, [line.offer_id]: text })}
                remove={() => void store(asked(basket).filter((one) => one.offer_id !== line.offer_id))}
                fault={faults[`quantity-${line.no}`]}
              />
            ))}
          </ul>
        </section>
      ))}
      {mine && basket.source !== 'punchout' && (
        <TextField
          name="reference"
          label={t.reference}
          hint={t.referenceHint}
          lang={lang}
          optional
          short
          value={reference}
          onValue={setReference}
          fault={faults.reference}
        />
      )}
      {mine && (
        <div class="mw-actions">
          <Button kind="secondary" submit disabled={doing.busy}>
            {t.save}
          </Button>
        </div>
      )}
    </form>
  );
};

const host = (url: string | undefined) => (url ? new URL(url).host : '');

// What the guest of a purchasing system can do with it: only go back.
const GuestSteps = ({ basket, lang }: Omit<PartProps, 'changed'>) => {
  const t = texts(lang);
  const leave = (step: 'return' | 'drop') => async () => {
    if (basket.state === 'open') await command('/baskets', basket, step);
    await goBack(basket.id);
  };
  return (
    <>
      <p>{t.goesTo(host(basket.return_url))}</p>
      {basket.operation === 'inspect' && <p>{t.onlyLook}</p>}
      <div class="mw-actions">
        {may(basket, 'return') && <Act lang={lang} label={t.back} act={leave('return')} />}
        {may(basket, 'drop') && <Act lang={lang} kind="secondary" label={t.backEmpty} act={leave('drop')} />}
      </div>
    </>
  );
};

const BuyerSteps = ({ basket, lang, changed }: PartProps) => {
  const t = texts(lang);
  return (
    <>
      {basket.state === 'open' && <p>{t.split}</p>}
      <div class="mw-actions">
        {may(basket, 'order') && (
          <Act
            lang={lang}
            label={t.buy(basket.suppliers ?? 0)}
            act={async () => changed(await command<Basket>('/baskets', basket, 'order'), t.bought)}
          />
        )}
        {may(basket, 'drop') && (
          <Act
            lang={lang}
            kind="secondary"
            label={t.drop}
            act={async () => {
              await command('/baskets', basket, 'drop');
              changed(undefined, t.dropped);
            }}
          />
        )}
      </div>
    </>
  );
};

const Made = ({ basket, lang }: Omit<PartProps, 'changed'>) => {
  const t = texts(lang);
  const [orders, setOrders] = useState<{ id: string; supplier_name?: string; state: string; total_cents?: number }[]>([]);
  useEffect(() => {
    Promise.all((basket.orders ?? []).map((id) => get<(typeof orders)[number]>(`/orders/${id}`))).then(setOrders, () => undefined);
  }, [basket.id, basket.state]);
  if (orders.length === 0) return null;
  return (
    <section class="mw-section" aria-labelledby="made">
      <Heading level={2} look={3} id="made">
        {t.made}
      </Heading>
      <ul class="mw-rows">
        {orders.map((order) => (
          <li key={order.id}>
            <div>
              <A href={`${link('/deal/', lang)}?id=${order.id}`}>{order.supplier_name}</A>
              <br />
              {euro(order.total_cents ?? 0, lang, true)}
            </div>
            <div>
              <State list="order_state" state={order.state} lang={lang} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};

const View = ({ basket, lang, changed }: PartProps) => {
  const t = texts(lang);
  const guest = basket.source === 'punchout' && basket.operation !== undefined && basket.state !== 'ordered';
  return (
    <>
      <p class="mw-states">
        <State list="basket_state" state={basket.state} lang={lang} /> <Fictional on={basket.fictional ?? false} lang={lang} />
      </p>
      {guest && (
        <P lead>
          {t.guest(basket.buyer_name ?? '')} {word('punchout_operation', basket.operation, lang)}.
        </P>
      )}
      {basket.lines.some((line) => line.changed) && <Alert>{t.stale}</Alert>}
      {basket.lines.length === 0 && <p>{t.empty}</p>}
      <Lines key={basket.version} basket={basket} lang={lang} changed={changed} />
      {basket.lines.length > 0 && (
        <Facts
          facts={[
            { term: t.total, value: <b>{euro(basket.total_cents ?? 0, lang, true)}</b> },
            { term: t.orders, value: number(basket.suppliers ?? 0, lang) },
            { term: t.reference, value: may(basket, 'put') ? undefined : basket.reference },
          ]}
        />
      )}
      {guest ? (
        <GuestSteps basket={basket} lang={lang} />
      ) : (
        <BuyerSteps basket={basket} lang={lang} changed={changed} />
      )}
      <Made basket={basket} lang={lang} />
      <p>
        <A href={link('/marktplaats/', lang)}>{t.market}</A>
      </p>
    </>
  );
};

type Here = { basket?: Own | undefined; shops: boolean; somebody: boolean; buyer: boolean };

const arrive = async (): Promise<Here> => {
  const token = guestWord();
  if (token) {
    await enterAsGuest(token);
    location.reload(); // who is here is asked once per page
    return new Promise(() => undefined);
  }
  const who = await me();
  const id = new URLSearchParams(location.search).get('id');
  const found = await openBasket();
  const basket = id ? await get<Own>(`/baskets/${id}`) : found.basket;
  const about = { somebody: who.account_id !== undefined, buyer: hasRole(who, 'BUYER') };
  return { ...about, shops: found.shops || basket !== undefined, basket };
};

export default function BasketPage({ lang }: PageProps) {
  const t = texts(lang);
  const [here, setHere] = useState<Here>();
  const [fault, setFault] = useState<Fault>();
  const [said, setSaid] = useState('');
  useEffect(() => void arrive().then(setHere, (thrown: unknown) => setFault(faultOf(thrown))), []);
  const changed = (basket: Own | undefined, text: string) => {
    setSaid(text);
    setHere((before) => before && { ...before, basket });
  };
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[shared(lang).market, '/marktplaats/'], [meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      <P lead>{meta.about[lang]}</P>
      <Done text={said} />
      {!here && !fault && <p role="status">{shared(lang).loading}</p>}
      {fault && (fault.status === 404 ? <Alert kind="error">{t.notEntered}</Alert> : <FaultAlert fault={fault} lang={lang} />)}
      {here && !here.somebody && (
        <Alert title={shared(lang).loginFirst}>
          <A href={loginAddress(lang)}>{shared(lang).login}</A>
        </Alert>
      )}
      {here?.somebody && !here.shops && <Alert>{t.notYours}</Alert>}
      {here?.shops && !here.basket && (
        <p>
          {t.empty} <A href={link('/marktplaats/', lang)}>{t.market}</A>
        </p>
      )}
      {here?.basket && <View basket={here.basket} lang={lang} changed={changed} />}
      {here?.buyer && here.basket?.source !== 'punchout' && <BasketImport lang={lang} made={changed} />}
      {here?.buyer && (
        <p>
          <A href={link('/inkoopsysteem/', lang)}>{t.systems}</A>
        </p>
      )}
    </div>
  );
}
