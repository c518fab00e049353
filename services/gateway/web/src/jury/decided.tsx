// What a jury decided, and what became of the places: offers with until when, the waiting list, who came in from it, and why where
// it went against the ranking.
import { dictionary, link, moment, number, word, type Lang } from '../lib/i18n';
import { A, Badge, Facts, Heading, State, Table } from '../lib/ui';
import type { Result, SelectionLine } from '../gen/api';
import { titleOf, type Deliberation } from './deliberation';

const texts = dictionary(
  {
    title: 'Het besluit',
    on: 'Besloten op',
    selected: 'Gekozen door de jury',
    held: 'Plaatsen bezet',
    of: (count: string, least: string, most: string) => `${count} (${least} tot ${most})`,
    waits: 'Op de wachtlijst',
    offers: 'Wie een plaats kreeg',
    initiative: 'Initiatief',
    now: 'Staat nu',
    until: 'Aanbod geldt tot',
    how: 'Langs welke weg',
    jury: 'gekozen door de jury',
    promoted: (place: string) => `van plaats ${place} op de wachtlijst`,
    reinstated: 'na een bezwaar',
    list: 'Wachtlijst, in volgorde',
    place: 'Plaats',
    first: 'eerst, na een bezwaar',
    waitsUntil: 'Wacht tot',
    empty: 'Er wacht niemand meer.',
    deviations: 'Waar de jury afweek van de rangorde of een gelijke stand besliste',
    none: 'Nergens: de jury volgde de rangorde.',
    kind: 'Hoe',
    reason: 'Reden',
    objections: 'Bezwaar',
  },
  {
    title: 'The decision',
    on: 'Decided on',
    selected: 'Selected by the jury',
    held: 'Places taken',
    of: (count: string, least: string, most: string) => `${count} (${least} to ${most})`,
    waits: 'On the waiting list',
    offers: 'Who got a place',
    initiative: 'Initiative',
    now: 'Is now',
    until: 'Offer stands until',
    how: 'How it came in',
    jury: 'selected by the jury',
    promoted: (place: string) => `from place ${place} of the waiting list`,
    reinstated: 'after an objection',
    list: 'Waiting list, in order',
    place: 'Place',
    first: 'first, after an objection',
    waitsUntil: 'Waits until',
    empty: 'Nobody waits any more.',
    deviations: 'Where the jury went against the ranking or decided a tie',
    none: 'Nowhere: the jury followed the ranking.',
    kind: 'How',
    reason: 'Reason',
    objections: 'Objection',
  },
);

const nowhere = ['not_selected', 'waitlisted', 'withdrawn'];

const Title = ({ of, id, lang }: { of: Deliberation; id: string; lang: Lang }) => (
  <A href={`${link('/initiatief/', lang)}?id=${id}`}>{titleOf(of, id)}</A>
);

const way = (one: Result, lang: Lang) => {
  const t = texts(lang);
  if (one.reinstated_at) return t.reinstated;
  return one.outcome === 'selected' ? t.jury : t.promoted(number(one.place ?? 0, lang));
};

const Offers = ({ of, lang }: { of: Deliberation; lang: Lang }) => {
  const t = texts(lang);
  const got = of.results
    .filter((one) => one.outcome === 'selected' || !nowhere.includes(one.state))
    .sort((a, b) => (a.rank ?? of.results.length) - (b.rank ?? of.results.length));
  const until = {
    head: t.until,
    cell: (one: Result) => {
      const at = one.state === 'selected' && of.initiatives.get(one.initiative_id)?.offer_expires_at;
      return at ? moment(at, lang) : '–';
    },
  };
  return (
    <Table
      caption={t.offers}
      rows={got}
      columns={[
        { head: t.initiative, cell: (one) => <Title of={of} id={one.initiative_id} lang={lang} /> },
        { head: t.now, cell: (one) => <State list="initiative_state" state={one.state} lang={lang} /> },
        ...(got.some(({ state }) => state === 'selected') ? [until] : []),
        { head: t.how, cell: (one) => way(one, lang) },
      ]}
    />
  );
};

const ahead = (a: Result, b: Result) =>
  (a.reinstated_at ?? '9').localeCompare(b.reinstated_at ?? '9') || (a.place ?? 0) - (b.place ?? 0);

const WaitingList = ({ of, lang }: { of: Deliberation; lang: Lang }) => {
  const t = texts(lang);
  const waits = of.results.filter(({ state }) => state === 'waitlisted').sort(ahead);
  const until = (id: string) => of.initiatives.get(id)?.waiting_until;
  if (waits.length === 0) return <p class="mw-quiet">{t.empty}</p>;
  return (
    <Table
      caption={t.list}
      rows={waits}
      columns={[
        { head: t.initiative, cell: (one) => <Title of={of} id={one.initiative_id} lang={lang} /> },
        { head: t.place, cell: (one) => (one.reinstated_at ? <Badge>{t.first}</Badge> : number(one.place ?? 0, lang)) },
        {
          head: t.waitsUntil,
          cell: (one) => {
            const at = until(one.initiative_id);
            return at ? moment(at, lang) : '–';
          },
        },
      ]}
    />
  );
};

const Deviations = ({ of, lang }: { of: Deliberation; lang: Lang }) => {
  const t = texts(lang);
  const lines = (of.selection?.lines ?? []).filter(({ deviation }) => deviation !== 'none');
  return (
    <>
      {lines.length === 0 ? (
        <>
          <Heading level={3} look={4}>
            {t.deviations}
          </Heading>
          <p>{t.none}</p>
        </>
      ) : (
        <Table<SelectionLine>
          caption={t.deviations}
          rows={lines}
          columns={[
            { head: t.initiative, cell: (one) => <Title of={of} id={one.initiative_id ?? ''} lang={lang} /> },
            { head: t.kind, cell: (one) => word('selection_deviation', one.deviation, lang) },
            { head: t.reason, cell: (one) => one.reason ?? '–' },
          ]}
        />
      )}
    </>
  );
};

export const Decided = ({ of, lang }: { of: Deliberation; lang: Lang }) => {
  const t = texts(lang);
  const { round, selection, results } = of;
  if (selection?.state !== 'decided') return null;
  const limits = [number(round.select_min, lang), number(round.select_max, lang)] as const;
  const objections = results.filter(({ objection_state: state }) => state);
  return (
    <section class="mw-section" aria-labelledby="decided">
      <Heading level={2} look={3} id="decided">
        {t.title}
      </Heading>
      <Facts
        facts={[
          { term: t.on, value: selection.decided_at && moment(selection.decided_at, lang) },
          { term: t.selected, value: t.of(number(selection.selected ?? 0, lang), ...limits) },
          { term: t.held, value: number(round.selected ?? 0, lang) },
          { term: t.waits, value: number(results.filter(({ state }) => state === 'waitlisted').length, lang) },
        ]}
      />
      <Offers of={of} lang={lang} />
      {results.some(({ outcome, reinstated_at: at }) => outcome === 'waitlisted' || at) && <WaitingList of={of} lang={lang} />}
      <Deviations of={of} lang={lang} />
      {objections.length > 0 && (
        <Table
          caption={t.objections}
          rows={objections}
          columns={[
            { head: t.initiative, cell: (one) => <Title of={of} id={one.initiative_id} lang={lang} /> },
            { head: t.objections, cell: (one) => word('objection_state', one.objection_state, lang) },
            { head: t.reason, cell: (one) => one.objection_decision ?? '–' },
          ]}
        />
      )}
    </section>
  );
};
