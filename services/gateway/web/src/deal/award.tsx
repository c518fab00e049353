// Judging quotes, proposing and deciding an award, and challenging it.
import { useState } from 'preact/hooks';
import { command, create, may } from '../lib/api';
import { Act, AreaField, SelectField, optionsOf, type Faults } from '../lib/form';
import { dictionary, euro, moment, word } from '../lib/i18n';
import { ReasonForm, StepForm, acts } from '../lib/step';
import { Facts, Heading, State } from '../lib/ui';
import type * as api from '../gen/api';
import { isBuyer, isSupplier } from './deal';
import type { PartProps } from './part';
import type { Complaint, Quote } from './records';

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
    complaints: 'Klachten',
    lodge: 'Klacht indienen',
    lodged: 'Uw klacht is ingediend. De gunning is opgeschort.',
    grounds: 'Wat is er mis met de gunning?',
    groundsHint: 'Minstens 20 tekens.',
    remedy: 'Wat zou het goedmaken?',
    withdraw: 'Klacht intrekken',
    withdrawn: 'De klacht is ingetrokken.',
    handler: 'Klachtbehandelaar',
    verdict: 'Besluit',
    decision: 'Toelichting',
    judge: 'Over de klacht beslissen',
    judged: 'Het besluit is bekend bij alle partijen.',
    choose: 'Kies een besluit.',
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
    complaints: 'Complaints',
    lodge: 'Lodge a complaint',
    lodged: 'Your complaint is lodged. The award is suspended.',
    grounds: 'What is wrong with the award?',
    groundsHint: 'At least 20 characters.',
    remedy: 'What would put it right?',
    withdraw: 'Take the complaint back',
    withdrawn: 'The complaint is taken back.',
    handler: 'Complaint handler',
    verdict: 'Decision',
    decision: 'Explanation',
    judge: 'Decide on the complaint',
    judged: 'All sides know the decision.',
    choose: 'Choose a decision.',
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

// ---- Complaints ----

const DecideForm = ({ complaint, lang, act }: PartProps & { complaint: Complaint }) => {
  const t = texts(lang);
  const [verdict, setVerdict] = useState('');
  const [decision, setDecision] = useState('');
  const check = (): Faults => ({
    ...(verdict === '' ? { verdict: t.choose } : {}),
    ...(decision.trim().length < 20 ? { decision: t.groundsHint } : {}),
  });
  const body = { verdict, decision: decision.trim() };
  return (
    <StepForm
      id={`complaint-${complaint.id}`}
      lang={lang}
      label={t.judge}
      check={check}
      send={() => act(t.judged, () => command('/complaints', complaint, 'decide', body))}
    >
      {(slot) => (
        <>
          <SelectField
            {...slot('verdict')}
            label={t.verdict}
            value={verdict}
            onValue={setVerdict}
            options={optionsOf('complaint_verdict', lang)}
          />
          <AreaField
            {...slot('decision')}
            label={t.decision}
            hint={t.groundsHint}
            value={decision}
            onValue={setDecision}
          />
        </>
      )}
    </StepForm>
  );
};

const LodgeForm = ({ deal, lang, act }: PartProps) => {
  const t = texts(lang);
  const [grounds, setGrounds] = useState('');
  const [remedy, setRemedy] = useState('');
  const check = (): Faults => (grounds.trim().length < 20 ? { grounds: t.groundsHint } : {});
  const body = {
    need_id: deal.need.id,
    grounds: grounds.trim(),
    ...(remedy.trim() ? { remedy: remedy.trim() } : {}),
  };
  return (
    <StepForm
      id="complain"
      lang={lang}
      label={t.lodge}
      check={check}
      send={() => act(t.lodged, () => create<api.Complaint>('/complaints', body))}
    >
      {(slot) => (
        <>
          <AreaField
            {...slot('grounds')}
            label={t.grounds}
            hint={t.groundsHint}
            value={grounds}
            onValue={setGrounds}
          />
          <AreaField
            {...slot('remedy')}
            label={t.remedy}
            optional
            value={remedy}
            onValue={setRemedy}
          />
        </>
      )}
    </StepForm>
  );
};

export const ComplaintsPart = (part: PartProps) => {
  const { deal, lang, act } = part;
  const t = texts(lang);
  const still = deal.need.state === 'standstill' || deal.need.state === 'suspended';
  const took = deal.quotes.length > 0 || deal.invitations.length > 0;
  const own = deal.complaints.some(
    ({ supplier_id, state }) => supplier_id === deal.me.organisation_id && state !== 'withdrawn',
  );
  return (
    <>
      {deal.complaints.length > 0 && (
        <Heading level={3} look={4}>
          {t.complaints}
        </Heading>
      )}
      {deal.complaints.map((complaint) => (
        <article key={complaint.id} class="mw-card">
          <p class="mw-card__head">
            <b>{complaint.supplier_name}</b>
            <State list="complaint_state" state={complaint.state} lang={lang} />
          </p>
          <Facts
            facts={[
              { term: t.grounds, value: complaint.grounds },
              { term: t.remedy, value: complaint.remedy },
              { term: t.handler, value: complaint.handler_name },
              {
                term: t.verdict,
                value: complaint.verdict && word('complaint_verdict', complaint.verdict, lang),
              },
              { term: t.decision, value: complaint.decision },
            ]}
          />
          <div class="mw-actions">
            {may(complaint, 'decide') && <DecideForm {...part} complaint={complaint} />}
            {may(complaint, 'withdraw') && (
              <Act
                lang={lang}
                kind="secondary"
                label={t.withdraw}
                act={() => act(t.withdrawn, () => command('/complaints', complaint, 'withdraw'))}
              />
            )}
          </div>
        </article>
      ))}
      {isSupplier(deal) && still && took && !own && <LodgeForm {...part} />}
    </>
  );
};
