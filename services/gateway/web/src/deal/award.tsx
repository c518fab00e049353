// Judging quotes, proposing an award, and deciding it.
import { useState } from 'preact/hooks';
import { command, create, may } from '../lib/api';
import { Act, AreaField, SelectField, type Faults } from '../lib/form';
import { dictionary, euro, moment } from '../lib/i18n';
import { ReasonForm, StepForm, acts } from '../lib/step';
import { Facts, State } from '../lib/ui';
import type * as api from '../gen/api';
import { isBuyer } from './deal';
import type { PartProps } from './part';
import type { Quote } from './records';

const texts = dictionary(
  {
    admit: 'Toelaten',
    admitted: 'De offerte wordt beoordeeld.',
    exclude: 'Uitsluiten',
    excluded: 'De offerte is uitgesloten.',
    propose: 'Gunning voorstellen',
    proposed: 'Het voorstel ligt bij een beslisser.',
    which: 'Welke offerte?',
    why: (name: string) => `Motivering bij ${name}`,
    whyHint: 'Minstens 10 tekens. De leverancier leest dit.',
    whyShort: (name: string) => `Geef bij ${name} een motivering van minstens 10 tekens.`,
    award: 'Gunning',
    decide: 'Akkoord met de gunning',
    decided: 'De gunning is beslist.',
    reject: 'Niet akkoord',
    rejected: 'Het voorstel is afgewezen. De offertes worden opnieuw beoordeeld.',
    until: 'Klagen kan tot en met',
    winner: 'Voorgestelde winnaar',
    reason: 'Reden van afwijzing',
  },
  {
    admit: 'Admit',
    admitted: 'The quote is weighed.',
    exclude: 'Exclude',
    excluded: 'The quote is excluded.',
    propose: 'Propose an award',
    proposed: 'The proposal is with an approver.',
    which: 'Which quote?',
    why: (name: string) => `Motivation for ${name}`,
    whyHint: 'At least 10 characters. The supplier reads this.',
    whyShort: (name: string) => `Give a motivation of at least 10 characters for ${name}.`,
    award: 'Award',
    decide: 'Agree with the award',
    decided: 'The award is decided.',
    reject: 'Do not agree',
    rejected: 'The proposal is rejected. The quotes are weighed again.',
    until: 'May be challenged until',
    winner: 'Proposed winner',
    reason: 'Why it was rejected',
  },
);

export const JudgeQuote = ({ quote, deal, lang, act }: PartProps & { quote: Quote }) => {
  const t = texts(lang);
  if (!may(quote, 'admit') && !may(quote, 'exclude')) return null;
  return (
    <article class="mw-card">
      <p class="mw-card__head">
        <b>{quote.supplier_name}</b>
        <State list="quote_state" state={quote.state} lang={lang} />
      </p>
      <div class="mw-actions">
        {may(quote, 'admit') && (
          <Act
            lang={lang}
            label={t.admit}
            about={quote.supplier_name}
            act={() => act(t.admitted, () => command('/quotes', quote, 'admit'))}
          />
        )}
        {may(quote, 'exclude') && deal.need.state === 'evaluating' && (
          <ReasonForm
            id={`exclude-${quote.id}`}
            lang={lang}
            label={t.exclude}
            about={quote.supplier_name}
            send={(reason) => act(t.excluded, () => command('/quotes', quote, 'exclude', { reason }))}
          />
        )}
      </div>
    </article>
  );
};

const nameOf = (quote: Quote) => quote.supplier_name ?? '';

export const ProposeForm = ({ deal, lang, act }: PartProps) => {
  const t = texts(lang);
  const weighed = deal.quotes.filter(({ state }) => state === 'admitted');
  const [winner, setWinner] = useState('');
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const toPropose = deal.need.state === 'evaluating' && weighed.length > 0;
  if (!isBuyer(deal) || !acts(deal.me, 'BUYER') || !toPropose) return null;
  const reasonOf = ({ id }: Quote) => (reasons[id] ?? '').trim();
  const check = (): Faults => ({
    ...(winner === '' ? { quote_id: t.which } : {}),
    ...Object.fromEntries(
      weighed
        .filter((quote) => reasonOf(quote).length < 10)
        .map((quote) => [`why-${quote.id}`, t.whyShort(nameOf(quote))]),
    ),
  });
  const body = () => ({
    need_id: deal.need.id,
    quote_id: winner,
    reasons: weighed.map((quote) => ({ quote_id: quote.id, motivation: reasonOf(quote) })),
  });
  return (
    <StepForm
      id="propose"
      lang={lang}
      label={t.propose}
      check={check}
      send={() => act(t.proposed, () => create<api.Award>('/awards', body()))}
    >
      {(slot) => (
        <>
          <SelectField
            {...slot('quote_id')}
            label={t.which}
            value={winner}
            onValue={setWinner}
            options={weighed.map((one) => [
              one.id,
              `${nameOf(one)}: ${euro(one.total_cents ?? 0, lang, true)}`,
            ])}
          />
          {weighed.map((quote) => (
            <AreaField
              key={quote.id}
              {...slot(`why-${quote.id}`)}
              label={t.why(nameOf(quote))}
              hint={t.whyHint}
              value={reasons[quote.id] ?? ''}
              onValue={(value) => setReasons({ ...reasons, [quote.id]: value })}
            />
          ))}
        </>
      )}
    </StepForm>
  );
};

// The newest award, as far as its reader may know it.
export const ShownAward = ({ deal, lang, act }: PartProps) => {
  const t = texts(lang);
  const [award] = deal.awards;
  if (!award || award.state === 'final') return null;
  const quoteOf = (id: string | undefined) => deal.quotes.find((quote) => quote.id === id);
  return (
    <article class="mw-card">
      <p class="mw-card__head">
        <b>{t.award}</b>
        <State list="award_state" state={award.state} lang={lang} />
      </p>
      <Facts
        facts={[
          { term: t.winner, value: quoteOf(award.quote_id)?.supplier_name },
          { term: t.until, value: award.standstill_until && moment(award.standstill_until, lang) },
          { term: t.reason, value: award.reject_reason },
          ...(award.reasons ?? []).map((one) => ({
            term: t.why(quoteOf(one.quote_id)?.supplier_name ?? ''),
            value: one.motivation,
          })),
        ]}
      />
      <div class="mw-actions">
        {may(award, 'decide') && (
          <Act
            lang={lang}
            label={t.decide}
            act={() => act(t.decided, () => command('/awards', award, 'decide'))}
          />
        )}
        {may(award, 'reject') && (
          <ReasonForm
            id="award-reject"
            lang={lang}
            label={t.reject}
            send={(reason) => act(t.rejected, () => command('/awards', award, 'reject', { reason }))}
          />
        )}
      </div>
    </article>
  );
};
