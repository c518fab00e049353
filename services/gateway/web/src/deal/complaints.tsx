// Complaints about an award: who lodges one, what the handler asks and decides, and what both sides read.
import { useState } from 'preact/hooks';
import { command, create, may } from '../lib/api';
import { Act, AreaField, SelectField, optionsOf, type Faults } from '../lib/form';
import { dictionary, word } from '../lib/i18n';
import { ReasonForm, StepForm, required } from '../lib/step';
import { Facts, Heading, State } from '../lib/ui';
import type * as api from '../gen/api';
import { isSupplier } from './deal';
import type { PartProps } from './part';
import type { Complaint } from './records';

const texts = dictionary(
  {
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
    question: 'Vraag van de klachtbehandelaar',
    answer: 'Antwoord',
    enquire: 'Een vraag stellen',
    enquired: 'De vraag is gesteld. Wie klaagde, kan antwoorden.',
    reply: 'Antwoorden',
    replied: 'De klachtbehandelaar leest uw antwoord.',
  },
  {
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
    question: 'Question of the handler',
    answer: 'Answer',
    enquire: 'Ask something',
    enquired: 'The question is asked. Who complained can answer.',
    reply: 'Answer',
    replied: 'The handler reads your answer.',
  },
);

interface CardProps extends Pick<PartProps, 'lang' | 'act'> {
  complaint: Complaint;
}

const DecideForm = ({ complaint, lang, act }: CardProps) => {
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

const ReplyForm = ({ complaint, lang, act }: CardProps) => {
  const t = texts(lang);
  const [answer, setAnswer] = useState('');
  const body = { reason: answer.trim() };
  return (
    <StepForm
      id={`answer-${complaint.id}`}
      lang={lang}
      label={t.reply}
      check={() => required({ reason: [t.answer, answer] }, lang)}
      send={() => act(t.replied, () => command('/complaints', complaint, 'answer', body))}
    >
      {(slot) => <AreaField {...slot('reason')} label={t.answer} hint={complaint.question} value={answer} onValue={setAnswer} />}
    </StepForm>
  );
};

export const ComplaintCard = (part: CardProps) => {
  const { complaint, lang, act } = part;
  const t = texts(lang);
  return (
    <article class="mw-card">
      <p class="mw-card__head">
        <b>{complaint.supplier_name}</b>
        <State list="complaint_state" state={complaint.state} lang={lang} />
      </p>
      <Facts
        facts={[
          { term: t.grounds, value: complaint.grounds },
          { term: t.remedy, value: complaint.remedy },
          { term: t.question, value: complaint.question },
          { term: t.answer, value: complaint.answer },
          { term: t.handler, value: complaint.handler_name },
          {
            term: t.verdict,
            value: complaint.verdict && word('complaint_verdict', complaint.verdict, lang),
          },
          { term: t.decision, value: complaint.decision },
        ]}
      />
      <div class="mw-actions">
        {may(complaint, 'decide') && <DecideForm {...part} />}
        {may(complaint, 'enquire') && (
          <ReasonForm
            id={`enquire-${complaint.id}`}
            lang={lang}
            label={t.enquire}
            about={complaint.supplier_name}
            send={(reason) => act(t.enquired, () => command('/complaints', complaint, 'enquire', { reason }))}
          />
        )}
        {may(complaint, 'answer') && <ReplyForm {...part} />}
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
        <ComplaintCard key={complaint.id} lang={lang} act={act} complaint={complaint} />
      ))}
      {isSupplier(deal) && still && took && !own && <LodgeForm {...part} />}
    </>
  );
};
