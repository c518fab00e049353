// Quotes: the supplier's own, or side by side for the buyer; and the award.
import { useState } from 'preact/hooks';
import { command, may } from '../lib/api';
import { Act, AreaField, SelectField, type Faults } from '../lib/form';
import { date, dictionary, euro, number, word, type Lang } from '../lib/i18n';
import { StepForm, acts } from '../lib/step';
import { A, Badge, Facts, Heading, State, Table } from '../lib/ui';
import type { Quote, QuoteLine } from './records';
import { amount, comparable, compare, isAwarded, isBuyer, isSupplier, type Row } from './deal';
import { Negotiation } from './negotiation';
import { Part, Quiet, type PartProps } from './part';
import { JudgeQuote, ProposeForm, ShownAward } from './award';
import { ComplaintsPart } from './complaints';
import { QuoteForm } from './quoteform';
import { ScoresPart } from './scores';
import { Receipt, SealedPart } from './sealed';

const texts = dictionary(
  {
    none: 'Er is nog geen offerte binnen.',
    noneOfYours: 'U heeft hier geen offerte gemaakt.',
    ofYours: 'Uw offerte',
    lines: 'Regels van de offerte',
    what: 'Omschrijving',
    quantity: 'Aantal',
    price: 'Prijs per eenheid',
    amount: 'Bedrag excl. btw',
    vat: 'Btw',
    total: 'Totaal exclusief btw',
    validUntil: 'Geldig tot en met',
    message: 'Bericht',
    submit: 'Offerte indienen',
    submitted: 'De offerte is ingediend. De inkoper kan haar nu lezen.',
    withdraw: 'Offerte intrekken',
    withdrawn: 'De offerte is ingetrokken.',
    sealedIn: 'De offerte is ingediend en verzegeld. Niemand kan haar lezen voor de opening.',
    excluded: 'Uitgesloten, omdat',
    side: 'Offertes naast elkaar, regel voor regel',
    line: 'Regel',
    lowest: 'laagste',
    cheapest: 'laagste totaal',
    sideNote:
      'De laagste prijs is gemarkeerd waar aantal en eenheid gelijk zijn. Prijs is niet het enige: ' +
      'weeg ook impact en planning.',
    award: 'Gunnen',
    awarded: 'De opdracht is gegund.',
    which: 'Welke offerte?',
    why: 'Motivering',
    whyHint: 'Minstens 10 tekens. Schrijf het zo dat ook wie niet wint het begrijpt.',
    whyShort: 'Geef een motivering van minstens 10 tekens.',
    notAwarded: 'Er is nog niet gegund.',
    winner: 'Gegund aan',
    won: 'Uw offerte is gekozen.',
    lost: 'Uw offerte is niet gekozen.',
    other: 'De vraag is gegund.',
    letter: 'De brief over het besluit (PDF)',
  },
  {
    none: 'No quote has come in yet.',
    noneOfYours: 'You did not quote here.',
    ofYours: 'Your quote',
    lines: 'Lines of the quote',
    what: 'Description',
    quantity: 'Quantity',
    price: 'Unit price',
    amount: 'Amount excl. VAT',
    vat: 'VAT',
    total: 'Total excluding VAT',
    validUntil: 'Valid until',
    message: 'Message',
    submit: 'Submit the quote',
    submitted: 'The quote is submitted. The buyer can read it now.',
    withdraw: 'Withdraw the quote',
    withdrawn: 'The quote is withdrawn.',
    sealedIn: 'The quote is submitted and sealed. Nobody can read it before the opening.',
    excluded: 'Excluded, because',
    side: 'Quotes side by side, line by line',
    line: 'Line',
    lowest: 'lowest',
    cheapest: 'lowest total',
    sideNote:
      'The lowest price is marked where quantity and unit are equal. Price is not all: weigh ' +
      'impact and planning as well.',
    award: 'Award',
    awarded: 'The contract is awarded.',
    which: 'Which quote?',
    why: 'Motivation',
    whyHint: 'At least 10 characters. Write it so that a loser understands it too.',
    whyShort: 'Give a motivation of at least 10 characters.',
    notAwarded: 'Nothing has been awarded yet.',
    winner: 'Awarded to',
    won: 'Your quote was chosen.',
    lost: 'Your quote was not chosen.',
    other: 'The need was awarded.',
    letter: 'The letter about the decision (PDF, in Dutch)',
  },
);

// Each supplier reads what was decided on its own quote, once something was.
const Letter = ({ quote, deal, lang }: PartProps & { quote: Quote }) => {
  const decided = deal.awards.some(({ decided_at }) => decided_at) || isAwarded(deal.need);
  const told = ['preferred', 'selected', 'not_selected', 'excluded'].includes(quote.state);
  return decided && told ? (
    <p>
      <A href={`/v1/quotes/${quote.id}/letter`}>{texts(lang).letter}</A>
    </p>
  ) : null;
};

const OwnQuote = ({ quote, ...part }: PartProps & { quote: Quote }) => {
  const { lang, act } = part;
  const t = texts(lang);
  return (
    <article class="mw-card">
      <p class="mw-card__head">
        <b>{t.ofYours}</b>
        <State list="quote_state" state={quote.state} lang={lang} />
      </p>
      <Receipt quote={quote} lang={lang} />
      <Letter {...part} quote={quote} />
      {quote.lines.length > 0 && (
      <Table<QuoteLine>
        caption={t.lines}
        quiet
        rows={quote.lines}
        columns={[
          { head: t.what, cell: (line) => line.description },
          {
            head: t.quantity,
            number: true,
            cell: (line) => `${number(line.quantity, lang)} ${line.unit}`,
          },
          {
            head: t.price,
            number: true,
            cell: (line) => euro(line.unit_price_cents, lang, true),
          },
          { head: t.vat, cell: (line) => word('vat_rate', line.vat, lang) },
          {
            head: t.amount,
            number: true,
            cell: (line) => euro(amount(line), lang, true),
          },
        ]}
      />
      )}
      <Facts
        facts={[
          {
            term: t.total,
            value: quote.total_cents !== undefined && <b>{euro(quote.total_cents, lang, true)}</b>,
          },
          {
            term: t.validUntil,
            value: quote.valid_until && date(quote.valid_until, lang),
          },
          { term: t.message, value: quote.message },
          { term: t.excluded, value: quote.exclude_reason },
        ]}
      />
      <div class="mw-actions">
        {may(quote, 'submit') && (
          <Act
            lang={lang}
            label={t.submit}
            act={() => act(quote.sealed ? t.sealedIn : t.submitted, () => command('/quotes', quote, 'submit'))}
          />
        )}
        {(may(quote, 'put') || may(quote, 'revise')) && <QuoteForm {...part} draft={quote} />}
        {may(quote, 'withdraw') && (
          <Act
            lang={lang}
            kind="secondary"
            label={t.withdraw}
            act={() => act(t.withdrawn, () => command('/quotes', quote, 'withdraw'))}
          />
        )}
      </div>
    </article>
  );
};

const Cell = ({ line, best, lang }: { line?: QuoteLine; best: boolean; lang: Lang }) =>
  line ? (
    <span class={best ? 'mw-best' : ''}>
      <b>{euro(amount(line), lang, true)}</b>{' '}
      {best && <Badge tone="good">{texts(lang).lowest}</Badge>}
      <small>
        {`${number(line.quantity, lang)} ${line.unit} × ${euro(line.unit_price_cents, lang, true)}`}
        {`, ${word('vat_rate', line.vat, lang)}`}
      </small>
    </span>
  ) : (
    '–'
  );

// Rows are lines, columns are quotes, cheapest first; the last row is the total.
const SideBySide = ({ quotes, lang }: { quotes: Quote[]; lang: Lang }) => {
  const t = texts(lang);
  const rows: (Row | 'total')[] = [...compare(quotes), 'total'];
  const least = Math.min(...quotes.map((quote) => quote.total_cents ?? 0));
  return (
    <>
      <Table<Row | 'total'>
        caption={t.side}
        rows={rows}
        columns={[
          {
            head: t.line,
            cell: (row) =>
              row === 'total' ? t.total : (row.lines.find(Boolean)?.description ?? ''),
          },
          ...quotes.map((quote, at) => ({
            head: quote.supplier_name ?? '',
            cell: (row: Row | 'total') => {
              if (row !== 'total') {
                const line = row.lines[at];
                return (
                  <Cell line={line} best={!!line && amount(line) === row.lowest} lang={lang} />
                );
              }
              return (
                <span class={quote.total_cents === least ? 'mw-best' : ''}>
                  <b>{euro(quote.total_cents ?? 0, lang, true)}</b>{' '}
                  {quotes.length > 1 && quote.total_cents === least && (
                    <Badge tone="good">{t.cheapest}</Badge>
                  )}
                </span>
              );
            },
          })),
        ]}
      />
      {quotes.length > 1 && <Quiet>{t.sideNote}</Quiet>}
      <ul class="mw-cards">
        {quotes
          .filter((quote) => quote.message || quote.valid_until)
          .map((quote) => (
            <li key={quote.id} class="mw-card">
              <Heading level={3} look={4}>
                {quote.supplier_name}
              </Heading>
              <Facts
                facts={[
                  { term: t.message, value: quote.message },
                  {
                    term: t.validUntil,
                    value: quote.valid_until && date(quote.valid_until, lang),
                  },
                ]}
              />
            </li>
          ))}
      </ul>
    </>
  );
};

export const QuotesPart = (part: PartProps) => {
  const { deal, lang } = part;
  const t = texts(lang);
  const offered = comparable(deal);
  const own = deal.quotes.filter((quote) => quote.supplier_id === deal.me.organisation_id);
  const mayWrite =
    isSupplier(deal) && deal.need.state === 'open' && own.every((one) => one.state === 'withdrawn');
  return (
    <Part step="quotes" deal={deal} lang={lang}>
      <SealedPart {...part} />
      {isBuyer(deal) && offered.length > 0 && <SideBySide quotes={offered} lang={lang} />}
      {isBuyer(deal) && offered.length === 0 && deal.seal?.state !== 'closed' && <Quiet>{t.none}</Quiet>}
      {isBuyer(deal) && deal.quotes.map((quote) => <JudgeQuote key={quote.id} {...part} quote={quote} />)}
      {isBuyer(deal) && deal.quotes.map((quote) => <Negotiation key={quote.id} {...part} quote={quote} />)}
      <ScoresPart {...part} />
      {isSupplier(deal) && own.length === 0 && !mayWrite && <Quiet>{t.noneOfYours}</Quiet>}
      {own.map((quote) => (
        <OwnQuote key={quote.id} {...part} quote={quote} />
      ))}
      {own.map((quote) => (
        <Negotiation key={quote.id} {...part} quote={quote} />
      ))}
      {mayWrite && <QuoteForm {...part} />}
    </Part>
  );
};

const AwardForm = ({ deal, lang, act }: PartProps) => {
  const t = texts(lang);
  const quotes = comparable(deal).filter(({ state }) => state === 'submitted');
  const [quote, setQuote] = useState(quotes.length === 1 ? (quotes[0]?.id ?? '') : '');
  const [motivation, setMotivation] = useState('');
  const check = (): Faults => ({
    ...(quote === '' ? { quote_id: t.which } : {}),
    ...(motivation.trim().length < 10 ? { motivation: t.whyShort } : {}),
  });
  const body = { quote_id: quote, motivation: motivation.trim() };
  return (
    <StepForm
      id="award"
      lang={lang}
      label={t.award}
      check={check}
      send={() => act(t.awarded, () => command('/needs', deal.need, 'award', body))}
    >
      {(slot) => (
        <>
          <SelectField
            {...slot('quote_id')}
            label={t.which}
            value={quote}
            onValue={setQuote}
            options={quotes.map((one) => [
              one.id,
              `${one.supplier_name}: ${euro(one.total_cents ?? 0, lang, true)}`,
            ])}
          />
          <AreaField
            {...slot('motivation')}
            label={t.why}
            hint={t.whyHint}
            value={motivation}
            onValue={setMotivation}
          />
        </>
      )}
    </StepForm>
  );
};

const outcome = (deal: PartProps['deal'], lang: Lang) => {
  const t = texts(lang);
  if (!isAwarded(deal.need)) return t.notAwarded;
  const own = deal.quotes.find((quote) => quote.supplier_id === deal.me.organisation_id);
  if (own?.state === 'selected') return t.won;
  return own?.state === 'not_selected' ? t.lost : t.other;
};

export const AwardPart = (part: PartProps) => {
  const { deal, lang } = part;
  const t = texts(lang);
  const chosen = deal.quotes.find((quote) => quote.id === deal.need.awarded_quote_id);
  return (
    <Part step="award" deal={deal} lang={lang}>
      {isBuyer(deal) && chosen ? (
        <Facts
          facts={[
            { term: t.winner, value: chosen.supplier_name },
            { term: t.total, value: euro(chosen.total_cents ?? 0, lang, true) },
            { term: t.why, value: deal.need.motivation },
          ]}
        />
      ) : (
        <Quiet>{outcome(deal, lang)}</Quiet>
      )}
      <ShownAward {...part} />
      <ProposeForm {...part} />
      <ComplaintsPart {...part} />
      {may(deal.need, 'award') && acts(deal.me, 'APPROVER') && <AwardForm {...part} />}
    </Part>
  );
};
