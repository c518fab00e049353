// Questions about a need and their answers, which everybody reads; nobody reads who asked.
import { useState } from 'preact/hooks';
import type { NeedQuestion } from '../gen/api';
import { command, create, getAll, may, type Stored } from '../lib/api';
import { AreaField, type Faults } from '../lib/form';
import { dictionary, moment } from '../lib/i18n';
import { useListing } from '../lib/lists';
import { StepForm } from '../lib/step';
import { Heading, State } from '../lib/ui';
import { isBuyer, isSupplier } from './deal';
import { Quiet, type PartProps } from './part';

const texts = dictionary(
  {
    title: 'Vragen en antwoorden',
    none: 'Er is nog geen vraag beantwoord.',
    ask: 'Een vraag stellen',
    text: 'Uw vraag',
    hint: 'De inkoper en andere ondernemers zien niet wie dit vraagt. Schrijf dus niet wie u bent.',
    short: 'Schrijf een vraag van minstens 10 tekens.',
    asked: 'Uw vraag is verstuurd. Het antwoord komt hier te staan, voor iedereen.',
    answer: 'Antwoorden',
    answerText: 'Antwoord',
    answerHint: 'Iedereen leest dit antwoord, op hetzelfde moment.',
    answerShort: 'Schrijf een antwoord.',
    answered: 'Het antwoord staat op de pagina, voor iedereen.',
    until: 'Vragen kan tot en met',
  },
  {
    title: 'Questions and answers',
    none: 'No question has been answered yet.',
    ask: 'Ask a question',
    text: 'Your question',
    hint: 'The buyer and other entrepreneurs do not see who asks. So do not write who you are.',
    short: 'Write a question of at least 10 characters.',
    asked: 'Your question is sent. The answer will stand here, for everybody.',
    answer: 'Answer',
    answerText: 'Answer',
    answerHint: 'Everybody reads this answer, at the same moment.',
    answerShort: 'Write an answer.',
    answered: 'The answer is on the page, for everybody.',
    until: 'Questions are taken until',
  },
);

interface WriteProps extends PartProps {
  id: string;
  label: string;
  field: string;
  hint: string;
  least: number;
  short: string;
  send: (text: string) => Promise<unknown>;
}

const Write = ({ id, lang, label, field, hint, least, short, send }: WriteProps) => {
  const [text, setText] = useState('');
  const check = (): Faults => (text.trim().length < least ? { text: short } : {});
  return (
    <StepForm id={id} lang={lang} label={label} check={check} send={() => send(text.trim())}>
      {(slot) => (
        <AreaField {...slot('text')} label={field} hint={hint} value={text} onValue={setText} />
      )}
    </StepForm>
  );
};

export const Questions = (part: PartProps) => {
  const { deal, lang, act } = part;
  const { need } = deal;
  const t = texts(lang);
  const listing = useListing(() =>
    getAll<Stored<NeedQuestion>>('/need-questions', { needId: need.id }),
  );
  const questions = listing.items ?? [];
  const deadline = need.question_deadline ?? need.quote_deadline;
  const open = need.state === 'open' && Date.parse(deadline) > Date.now();
  const ask = (text: string) =>
    act(t.asked, () => create('/need-questions', { need_id: need.id, text }).then(listing.reload));
  const answer = (question: Stored<NeedQuestion>, text: string) =>
    act(t.answered, () =>
      command('/need-questions', question, 'answer', { answer: text }).then(listing.reload),
    );
  if (questions.length === 0 && !open) return null;
  return (
    <>
      <Heading level={3} look={4}>
        {t.title}
      </Heading>
      {questions.length === 0 && <Quiet>{t.none}</Quiet>}
      <ul class="mw-cards">
        {questions.map((question) => (
          <li key={question.id} class="mw-card">
            <p class="mw-prose">
              <b>{question.text}</b>
            </p>
            {question.answer && <p class="mw-prose">{question.answer}</p>}
            {!question.answer && (
              <State list="need_question_state" state={question.state} lang={lang} />
            )}
            {isBuyer(deal) && may(question, 'answer') && (
              <Write
                {...part}
                id={`answer-${question.id}`}
                label={t.answer}
                field={t.answerText}
                hint={t.answerHint}
                least={1}
                short={t.answerShort}
                send={(text) => answer(question, text)}
              />
            )}
          </li>
        ))}
      </ul>
      {open && (
        <Quiet>
          {t.until} {moment(deadline, lang)}.
        </Quiet>
      )}
      {open && isSupplier(deal) && (
        <Write
          {...part}
          id="question"
          label={t.ask}
          field={t.text}
          hint={t.hint}
          least={10}
          short={t.short}
          send={ask}
        />
      )}
    </>
  );
};
