// One deal from need to payment, with for each side exactly the steps that it may take now.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { faultOf, get, loginAddress, type Fault, type Stored } from '../lib/api';
import { dictionary, type Lang, word } from '../lib/i18n';
import { History } from '../lib/history';
import type { Meta, PageProps } from '../lib/page';
import { Done, useTitle } from '../lib/step';
import { A, Alert, Crumbs, FaultAlert, Fictional, Heading, State, Waiting } from '../lib/ui';
import type { Need } from '../gen/api';
import {
  isAwarded,
  isBuyer,
  isSupplier,
  loadDeal,
  loadOrder,
  nothingElse,
  steps,
  stepsFor,
  type Deal,
  type StepName,
} from '../deal/deal';
import { InvitationsPart, NeedPart } from '../deal/need';
import { Part, Quiet, Track, partTexts, type PartProps } from '../deal/part';
import { AwardPart, QuotesPart } from '../deal/quotes';
import type { Order } from '../deal/records';
import { DealReviews } from '../deal/reviews';

export const meta: Meta = {
  title: { nl: 'Opdracht', en: 'Deal' },
  about: {
    nl: 'Een opdracht van vraag tot betaling.',
    en: 'A deal from need to payment.',
  },
  data: { operation: 'need_get', path: '/needs/{id}' },
};

const texts = dictionary(
  {
    mine: 'Mijn overzicht',
    market: 'Marktplaats',
    login: 'Log in',
    loginWhy: 'om te zien wat u in deze opdracht kunt doen.',
    cancelled: 'Deze vraag is ingetrokken.',
  },
  {
    mine: 'My overview',
    market: 'Marketplace',
    login: 'Log in',
    loginWhy: 'to see what you can do in this deal.',
    cancelled: 'This need was cancelled.',
  },
);

const before: Partial<Record<StepName, ComponentType<PartProps>>> = {
  need: NeedPart,
  invitations: InvitationsPart,
  quotes: QuotesPart,
  award: AwardPart,
};

type After = typeof import('../deal/after');

// What follows an award is fetched where somebody takes part in it.
const useAfter = (deal: Deal) => {
  const [after, setAfter] = useState<After>();
  const wanted =
    (isAwarded(deal.need) && (isBuyer(deal) || isSupplier(deal))) ||
    deal.disputes.length + deal.claims.length > 0;
  useEffect(() => {
    if (wanted) void import('../deal/after').then(setAfter);
  }, [wanted]);
  return after;
};

// A link to a record (#quote-<id>) leads to where it stands, once it is there; else to the part with all of its kind.
const placeOf = (record: string) => {
  const [noun = ''] = record.split('-');
  return [record, `${noun}s`, noun].map((id) => document.getElementById(id)).find(Boolean);
};

const useArrival = (ready: boolean) =>
  useEffect(() => {
    const place = ready && location.hash ? placeOf(location.hash.slice(1)) : null;
    place?.scrollIntoView();
    place?.focus({ preventScroll: true });
  }, [ready]);

const Later = ({ step, deal, lang }: { step: StepName; deal: Deal; lang: Lang }) => (
  <Part step={step} deal={deal} lang={lang}>
    <Quiet>{partTexts(lang).notYet}</Quiet>
  </Part>
);

const DealView = ({ need, lang }: { need: Stored<Need>; lang: Lang }) => {
  const t = texts(lang);
  useTitle(need.title, lang);
  const [deal, setDeal] = useState<Deal>({ me: {}, need, ...nothingElse });
  const [loaded, setLoaded] = useState(false);
  const [said, setSaid] = useState('');
  const [fault, setFault] = useState<Fault>();

  const load = async (fresh: Stored<Need>) => {
    try {
      setDeal(await loadDeal(fresh));
      setFault(undefined);
    } catch (thrown) {
      setFault(faultOf(thrown));
    }
    setLoaded(true);
  };
  useEffect(() => void load(need), [need]);

  const act = async (done: string, work: () => Promise<unknown>) => {
    await work();
    await load(await get<Stored<Need>>(`/needs/${need.id}`));
    setSaid(done);
  };
  const part = { deal, lang, act };
  const after = useAfter(deal);
  useArrival(loaded && (!!after || !isAwarded(deal.need)));
  const shown = stepsFor(deal);
  const back: [string, string] = deal.me.account_id
    ? [t.mine, '/mijn/']
    : [t.market, '/marktplaats/'];
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[back, [need.title]]} />
      <Heading level={1}>{need.title}</Heading>
      <p class="mw-states">
        <State list="need_state" state={deal.need.state} lang={lang} />{' '}
        <Fictional on={need.fictional} lang={lang} />
      </p>
      <Done text={said} />
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {loaded && !deal.me.account_id && (
        <Alert>
          <p>
            <A href={loginAddress(lang)}>{t.login}</A> {t.loginWhy}
          </p>
        </Alert>
      )}
      {deal.need.state === 'cancelled' && (
        <Alert>
          <p>{t.cancelled}</p>
          {need.cancel_cause && (
            <p>
              {word('cancel_cause', need.cancel_cause, lang)}: {need.cancel_reason}
            </p>
          )}
        </Alert>
      )}
      <Track deal={deal} lang={lang} />
      <div class="mw-dealparts">
        {shown.map((step) => {
          const Shown = before[step] ?? after?.[step as keyof typeof after];
          return Shown ? <Shown key={step} {...part} /> : <Later key={step} {...part} step={step} />;
        })}
        {after && <after.DisputesPart {...part} />}
        {after && <after.ImpactPart {...part} />}
        {shown.length < steps.length && <Quiet>{partTexts(lang).parties}</Quiet>}
      </div>
      {loaded && <DealReviews {...part} />}
      {loaded && <History lang={lang} noun="need" thing={need} moved={deal} />}
    </div>
  );
};

// An order of a basket began with no need: its page has the steps from the order on.
const OrderView = ({ order, lang }: { order: Order; lang: Lang }) => {
  useTitle(order.need_title ?? '', lang);
  const [deal, setDeal] = useState<Deal>();
  const [said, setSaid] = useState('');
  const [fault, setFault] = useState<Fault>();
  const [after, setAfter] = useState<After>();
  const load = (fresh: Order) =>
    loadOrder(fresh).then(setDeal, (thrown: unknown) => setFault(faultOf(thrown)));
  useEffect(() => void import('../deal/after').then(setAfter), []);
  useEffect(() => void load(order), [order]);
  useArrival(!!deal && !!after);
  const act = async (done: string, work: () => Promise<unknown>) => {
    await work();
    await load(await get<Order>(`/orders/${order.id}`));
    setSaid(done);
  };
  const part = deal && { deal, lang, act };
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[texts(lang).mine, '/mijn/'], [order.need_title ?? '']]} />
      <Heading level={1}>{order.need_title}</Heading>
      <p class="mw-states">
        <State list="order_state" state={deal?.orders[0]?.state ?? order.state} lang={lang} />{' '}
        <Fictional on={order.fictional ?? false} lang={lang} />
      </p>
      <Done text={said} />
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {part && after && (
        <>
          <Track deal={part.deal} lang={lang} />
          <div class="mw-dealparts">
            {stepsFor(part.deal).map((step) => {
              const Shown = after[step as keyof typeof after];
              return <Shown key={step} {...part} />;
            })}
            <after.DisputesPart {...part} />
            <after.ImpactPart {...part} />
          </div>
          <History lang={lang} noun="order" thing={order} moved={deal} />
        </>
      )}
    </div>
  );
};

// What is no need may be an order: notices and tasks lead here by the id of either.
const Otherwise = ({ lang, fault }: { lang: Lang; fault: Fault }) => {
  const [order, setOrder] = useState<Order>();
  const [none, setNone] = useState(false);
  useEffect(() => {
    const id = new URLSearchParams(location.search).get('id');
    if (fault.status === 404 && id) get<Order>(`/orders/${id}`).then(setOrder, () => setNone(true));
    else setNone(true);
  }, []);
  if (order) return <OrderView order={order} lang={lang} />;
  return <Waiting lang={lang} title={meta.title[lang]} fault={none ? fault : undefined} />;
};

export default function DealPage({ lang, d, fault }: PageProps<Stored<Need>>) {
  if (!d && fault) return <Otherwise lang={lang} fault={fault} />;
  return d ? (
    <DealView need={d} lang={lang} />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
