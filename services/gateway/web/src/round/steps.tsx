// The steps that the caller may take on an initiative: those that `commands` names, no others.
import { useState } from 'preact/hooks';
import { command, may, type Stored } from '../lib/api';
import { Act, AreaField } from '../lib/form';
import { dictionary, type Lang } from '../lib/i18n';
import { ReasonForm, StepForm, required, type Telling } from '../lib/step';
import type { Initiative } from '../gen/api';
import { FailForm } from '../realisation/fail';
import { ScreeningForm } from './screening';

const texts = dictionary(
  {
    accept: 'Plaats aannemen',
    withdraw: 'Initiatief terugtrekken',
    withdrawSays: 'Het initiatief doet dan niet meer mee in deze ronde. Dit kunt u niet terugdraaien.',
    enquire: 'Iets vragen aan de aanvrager',
    ask: 'Wat wilt u vragen?',
    askHint: 'De aanvrager leest dit, en heeft zoveel dagen om te antwoorden als de regels zeggen.',
    answer: 'De vraag beantwoorden',
    present: 'Voorleggen aan de partners',
    decline: 'Plaats niet aannemen',
    declineSays: 'De plaats gaat dan naar wie bovenaan de wachtlijst staat. Dit kunt u niet terugdraaien.',
    finish: 'Klaar melden voor de financieringstafel',
    seat: 'Plaats geven aan de financieringstafel',
    drop: 'Niet voorleggen',
    dropHint: 'De aanvrager leest dit. Noem de regel van de ronde waardoor het niet doorgaat.',
    realise: 'Realisatie vastleggen',
    done: (title: string) => `Gelukt: ${title} is bijgewerkt.`,
  },
  {
    accept: 'Take the place',
    withdraw: 'Withdraw the initiative',
    withdrawSays: 'The initiative takes no further part in this round. You cannot take this back.',
    enquire: 'Ask the applicant something',
    ask: 'What do you want to ask?',
    askHint: 'The applicant reads this, and has as many days to answer as the rules say.',
    answer: 'Answer the question',
    present: 'Present to the partners',
    decline: 'Do not take the place',
    declineSays: 'The place goes to the first on the waiting list. You cannot take this back.',
    finish: 'Report ready for the financing table',
    seat: 'Give a place at the financing table',
    drop: 'Do not present',
    dropHint: 'The applicant reads this. Name the rule of the round because of which it does not go on.',
    realise: 'Record the realisation',
    done: (title: string) => `Done: ${title} is updated.`,
  },
);

const plain = ['accept', 'present', 'finish', 'seat', 'realise'] as const;
const final = ['decline', 'withdraw'] as const; // cannot be taken back
const reasoned = ['enquire', 'drop'] as const;
const detailed = ['fail', 'admit', 'refuse', 'answer'] as const;

export const hasSteps = (initiative: Initiative) =>
  [...plain, ...final, ...reasoned, ...detailed].some((name) => may(initiative, name));

interface StepsProps {
  initiative: Stored<Initiative>;
  lang: Lang;
  act: Telling;
}

type DetailProps = StepsProps & { send: (name: string, body: object) => Promise<unknown> };

const AnswerForm = ({ initiative, lang, send }: DetailProps) => {
  const t = texts(lang);
  const [answer, setAnswer] = useState('');
  return (
    <StepForm
      id={`answer-${initiative.id}`}
      lang={lang}
      label={t.answer}
      about={initiative.title}
      check={() => required({ answer: [t.answer, answer] }, lang)}
      send={() => send('answer', { answer: answer.trim() })}
    >
      {(slot) => (
        <AreaField
          {...slot('answer')}
          label={initiative.question ?? t.answer}
          value={answer}
          onValue={setAnswer}
        />
      )}
    </StepForm>
  );
};

export const InitiativeSteps = (props: StepsProps) => {
  const { initiative, lang, act } = props;
  const t = texts(lang);
  const send = (name: string, body: object = {}) =>
    act(t.done(initiative.title), () => command('/initiatives', initiative, name, body));
  return (
    <div class="mw-steps">
      {plain
        .filter((name) => may(initiative, name))
        .map((name) => (
          <Act
            key={name}
            lang={lang}
            kind="secondary"
            label={t[name]}
            about={initiative.title}
            act={() => send(name)}
          />
        ))}
      <ScreeningForm initiative={initiative} lang={lang} send={send} />
      {may(initiative, 'answer') && <AnswerForm {...props} send={send} />}
      {may(initiative, 'fail') && (
        <FailForm id={initiative.id} title={initiative.title} lang={lang} send={(body) => send('fail', body)} />
      )}
      {reasoned
        .filter((name) => may(initiative, name))
        .map((name) => (
          <ReasonForm
            key={name}
            id={`${name}-${initiative.id}`}
            lang={lang}
            label={t[name]}
            about={initiative.title}
            {...(name === 'enquire' ? { ask: t.ask, hint: t.askHint } : { hint: t.dropHint })}
            send={(reason) => send(name, { reason })}
          />
        ))}
      {final
        .filter((name) => may(initiative, name))
        .map((name) => (
          <StepForm key={name} id={`${name}-${initiative.id}`} lang={lang} label={t[name]} about={initiative.title} send={() => send(name)}>
            {() => <p>{t[`${name}Says`]}</p>}
          </StepForm>
        ))}
    </div>
  );
};
