// The negotiation of a quote: what each side proposed, side by side, and what the caller can answer.
import { command, may } from '../lib/api';
import { Restored, useDraft } from '../lib/draft';
import { Act, AreaField, TextField, type Faults } from '../lib/form';
import { date, dictionary, euro, moment, number, word, type Lang } from '../lib/i18n';
import { fiveOn } from '../lib/input';
import { StepForm, required } from '../lib/step';
import { Badge, Heading, State, Table } from '../lib/ui';
import type { Quote, QuoteLine, QuoteRound } from './records';
import { isBuyer } from './deal';
import { Quiet, type PartProps } from './part';
import { LineFields, TermsFields, checkLine, sent, sentTerms, typed, type Typed } from './quoteform';

const texts = dictionary(
  {
    title: (name: string) => `Onderhandeling met ${name}`,
    ours: 'Onderhandeling over uw offerte',
    rounds: 'Voorstellen naast elkaar',
    stood: 'Eerst',
    round: (at: number, who: string) => `Ronde ${at}: ${who}`,
    buyer: 'inkoper',
    supplier: 'leverancier',
    row: 'Onderdeel',
    line: (at: number) => `Regel ${at}`,
    terms: 'Voorwaarden',
    validUntil: 'Geldig tot en met',
    total: 'Totaal exclusief btw',
    reason: 'Waarom',
    when: 'Gedaan op',
    answerBy: 'Antwoorden voor',
    result: 'Uitkomst',
    changed: 'anders',
    note: 'Alleen de inkoper en deze leverancier lezen dit. Tot er een akkoord is, blijft de offerte zoals die het laatst was afgesproken.',
    begin: 'Voorstel doen',
    counter: 'Tegenvoorstel doen',
    proposed: 'Het voorstel is verstuurd. De andere kant kan nu antwoorden.',
    accept: 'Akkoord met het voorstel',
    accepted: 'Akkoord. De offerte geldt nu zoals afgesproken.',
    end: 'Onderhandeling stoppen',
    ended: 'De onderhandeling is gestopt. De offerte blijft zoals die het laatst was afgesproken.',
    why: 'Waarom doet u dit voorstel?',
    whyHint: 'De andere kant leest dit.',
    until: 'Antwoord uiterlijk op',
    untilHint: 'Tot vijf uur ’s middags. Zonder antwoord vervalt het voorstel.',
    termsHint: 'Wat er naast de regels geldt, bijvoorbeeld de betaaltermijn',
  },
  {
    title: (name: string) => `Negotiation with ${name}`,
    ours: 'Negotiation of your quote',
    rounds: 'Proposals side by side',
    stood: 'At first',
    round: (at: number, who: string) => `Round ${at}: ${who}`,
    buyer: 'buyer',
    supplier: 'supplier',
    row: 'Part',
    line: (at: number) => `Line ${at}`,
    terms: 'Terms',
    validUntil: 'Valid until',
    total: 'Total excluding VAT',
    reason: 'Why',
    when: 'Made on',
    answerBy: 'Answer before',
    result: 'Outcome',
    changed: 'changed',
    note: 'Only the buyer and this supplier read this. Until there is an agreement the quote stays as it was agreed last.',
    begin: 'Propose something else',
    counter: 'Make a counter-proposal',
    proposed: 'The proposal is sent. The other side can answer now.',
    accept: 'Agree to the proposal',
    accepted: 'Agreed. The quote now stands as agreed.',
    end: 'Stop the negotiation',
    ended: 'The negotiation has stopped. The quote stays as it was agreed last.',
    why: 'Why do you propose this?',
    whyHint: 'The other side reads this.',
    until: 'Answer by',
    untilHint: 'Until five in the afternoon. Without an answer the proposal lapses.',
    termsHint: 'What holds beside the lines, the term of payment for example',
  },
);

const lineText = (line: QuoteLine | undefined, lang: Lang) =>
  line
    ? `${number(line.quantity, lang)} ${line.unit} × ${euro(line.unit_price_cents, lang, true)}, ${word('vat_rate', line.vat, lang)}`
    : '–';

interface RoundRow {
  head: string;
  cell: (round: QuoteRound) => string;
  marks?: boolean; // what differs from the column before
}

const rowsOf = (rounds: readonly QuoteRound[], lang: Lang): RoundRow[] => {
  const t = texts(lang);
  const most = Math.max(...rounds.map(({ lines }) => lines.length));
  const name = (at: number) => rounds.map(({ lines }) => lines[at]).find(Boolean)?.description;
  const lines = Array.from({ length: most }, (_, at) => ({
    head: name(at) ?? t.line(at + 1),
    cell: (round: QuoteRound) => lineText(round.lines[at], lang),
    marks: true,
  }));
  return [
    ...lines,
    { head: t.total, cell: (round) => euro(round.total_cents, lang, true), marks: true },
    { head: t.terms, cell: (round) => round.message ?? '–', marks: true },
    { head: t.validUntil, cell: (round) => (round.valid_until ? date(round.valid_until, lang) : '–'), marks: true },
    { head: t.reason, cell: (round) => round.reason ?? '–' },
    { head: t.when, cell: (round) => (round.proposed_at ? moment(round.proposed_at, lang) : '–') },
    { head: t.answerBy, cell: (round) => (round.answer_by ? moment(round.answer_by, lang) : '–') },
    { head: t.result, cell: (round) => word('round_result', round.result, lang) },
  ];
};

const Rounds = ({ rounds, buyer, lang }: { rounds: QuoteRound[]; buyer: string; lang: Lang }) => {
  const t = texts(lang);
  const made = rounds.filter(({ result }) => result !== 'stood');
  const head = (round: QuoteRound) =>
    round.result === 'stood'
      ? `${t.stood} (${round.revision})`
      : t.round(made.indexOf(round) + 1, round.proposed_by === buyer ? t.buyer : t.supplier);
  return (
    <Table<RoundRow>
      caption={t.rounds}
      rows={rowsOf(rounds, lang)}
      columns={[
        { head: t.row, cell: (row) => row.head },
        ...rounds.map((round, at) => ({
          head: head(round),
          cell: (row: RoundRow) => {
            const before = rounds[at - 1];
            const other = row.marks && before && row.cell(before) !== row.cell(round);
            return (
              <>
                {row.cell(round)} {other && <Badge tone="brand">{t.changed}</Badge>}
              </>
            );
          },
        })),
      ]}
    />
  );
};

// What is proposed begins as what was proposed last.
const ProposalForm = ({ quote, deal, lang, act }: PartProps & { quote: Quote }) => {
  const t = texts(lang);
  const last = deal.rounds[quote.id]?.at(-1);
  const from = quote.state === 'submitted' || !last ? quote : last;
  const kept = useDraft(`proposal-${quote.id}-${quote.version}`, {
    lines: from.lines.map(typed),
    message: from.message ?? '',
    validUntil: from.valid_until ?? '',
    reason: '',
    until: '',
  });
  const { lines, reason, until } = kept.form;
  const set = (at: number, line: Typed) => kept.set({ lines: lines.with(at, line) });
  const check = (): Faults =>
    Object.assign(
      {},
      ...lines.map((line, at) => checkLine(line, at, lang)),
      required({ reason: [t.why, reason], answer_by: [t.until, until] }, lang),
    );
  const body = () => ({
    lines: lines.map(sent),
    reason: reason.trim(),
    answer_by: fiveOn(until),
    ...sentTerms(kept.form),
  });
  const send = () =>
    act(t.proposed, async () => {
      await command('/quotes', quote, 'counter', body());
      kept.sent();
    });
  return (
    <StepForm
      id={`propose-${quote.id}`}
      lang={lang}
      label={quote.state === 'submitted' ? t.begin : t.counter}
      about={quote.supplier_name}
      open={kept.found}
      check={check}
      send={send}
    >
      {(slot) => (
        <>
          <Restored draft={kept} lang={lang} />
          {lines.map((line, at) => (
            <LineFields
              key={at}
              line={line}
              at={at}
              lang={lang}
              slot={slot}
              onLine={(changed) => set(at, changed)}
              onDrop={lines.length > 1 ? () => kept.set({ lines: lines.filter((_, nth) => nth !== at) }) : undefined}
            />
          ))}
          <TermsFields slot={slot} lang={lang} label={t.terms} hint={t.termsHint} form={kept.form} set={kept.set} />
          <AreaField
            {...slot('reason')}
            label={t.why}
            hint={t.whyHint}
            value={reason}
            onValue={(text) => kept.set({ reason: text })}
          />
          <TextField
            {...slot('answer_by')}
            label={t.until}
            hint={t.untilHint}
            short
            type="date"
            value={until}
            onValue={(day) => kept.set({ until: day })}
          />
        </>
      )}
    </StepForm>
  );
};

export const Negotiation = (part: PartProps & { quote: Quote }) => {
  const { quote, deal, lang, act } = part;
  const t = texts(lang);
  const rounds = deal.rounds[quote.id] ?? [];
  if (rounds.length === 0 && !may(quote, 'counter')) return null;
  const step = (name: string, said: string) => () => act(said, () => command('/quotes', quote, name));
  return (
    <article class="mw-card">
      <div class="mw-card__head">
        <Heading level={3} look={4}>
          {isBuyer(deal) ? t.title(quote.supplier_name ?? '') : t.ours}
        </Heading>
        <State list="quote_state" state={quote.state} lang={lang} />
      </div>
      {rounds.length > 0 && <Rounds rounds={rounds} buyer={deal.need.buyer_id ?? ''} lang={lang} />}
      <Quiet>{t.note}</Quiet>
      <div class="mw-actions">
        {may(quote, 'accept') && (
          <Act lang={lang} label={t.accept} about={quote.supplier_name} act={step('accept', t.accepted)} />
        )}
        {may(quote, 'counter') && <ProposalForm key={quote.version} {...part} />}
        {may(quote, 'end') && (
          <Act lang={lang} kind="secondary" label={t.end} about={quote.supplier_name} act={step('end', t.ended)} />
        )}
      </div>
    </article>
  );
};
