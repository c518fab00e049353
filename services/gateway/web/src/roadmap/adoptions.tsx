// Which cities took a story over, what came of it, and the steps of a policy officer.
import { useState } from 'preact/hooks';
import { command, create, may, type Stored } from '../lib/api';
import { Act, AreaField, SelectField } from '../lib/form';
import { dictionary, link, moment, word, wordsOf, type Lang } from '../lib/i18n';
import { StepForm, required } from '../lib/step';
import { A, Badge, Facts, Fictional, State } from '../lib/ui';
import type { Adoption, Story } from '../gen/api';

const texts = dictionary(
  {
    plan: 'Wat gaat die stad doen?',
    result: 'Uitkomst',
    lesson: 'Wat is er geleerd?',
    since: 'Besloten op',
    story: 'Verhaal',
    start: 'Beginnen',
    started: 'U bent ermee begonnen.',
    report: 'Uitkomst melden',
    reported: 'De uitkomst staat op de pagina.',
    adopt: 'Overnemen',
    adoptHint: 'Wat gaat uw stad doen? Andere steden lezen dit.',
    adopted: 'Uw stad neemt dit verhaal over.',
  },
  {
    plan: 'What does that city mean to do?',
    result: 'Result',
    lesson: 'What was learnt?',
    since: 'Decided on',
    story: 'Story',
    start: 'Start',
    started: 'You have started with it.',
    report: 'Report the result',
    reported: 'The result is on the page.',
    adopt: 'Adopt',
    adoptHint: 'What will your city do? Other cities read this.',
    adopted: 'Your city adopts this story.',
  },
);

export type ActOn = (said: string, work: () => Promise<unknown>) => Promise<void>;

export const AdoptForm = ({ story, lang, act }: { story: Story; lang: Lang; act: ActOn }) => {
  const t = texts(lang);
  const [plan, setPlan] = useState('');
  const send = () => {
    const body: Partial<Adoption> = {
      story_id: story.id,
      ...(plan.trim() ? { plan: plan.trim() } : {}),
      ...(story.fictional ? { fictional: true } : {}),
    };
    return act(t.adopted, () => create<Adoption>('/adoptions', body));
  };
  return (
    <StepForm id="adopt" lang={lang} label={t.adopt} send={send}>
      {(slot) => (
        <AreaField
          {...slot('plan')}
          label={t.plan}
          hint={t.adoptHint}
          optional
          value={plan}
          onValue={setPlan}
        />
      )}
    </StepForm>
  );
};

interface AdoptionProps {
  adoption: Stored<Adoption>;
  lang: Lang;
  act: ActOn;
}

const ReportForm = ({ adoption, lang, act }: AdoptionProps) => {
  const t = texts(lang);
  const [result, setResult] = useState('');
  const [lesson, setLesson] = useState('');
  const body = { result, lesson: lesson.trim() };
  return (
    <StepForm
      id={`adoption-${adoption.id}`}
      lang={lang}
      label={t.report}
      about={adoption.story_title}
      check={() => required({ result: [t.result, result], lesson: [t.lesson, lesson] }, lang)}
      send={() => act(t.reported, () => command('/adoptions', adoption, 'report', body))}
    >
      {(slot) => (
        <>
          <SelectField
            {...slot('result')}
            label={t.result}
            value={result}
            onValue={setResult}
            options={wordsOf('adoption_result').map((one) => [
              one,
              word('adoption_result', one, lang),
            ])}
          />
          <AreaField {...slot('lesson')} label={t.lesson} value={lesson} onValue={setLesson} />
        </>
      )}
    </StepForm>
  );
};

interface ListProps {
  adoptions: Stored<Adoption>[];
  withStory?: boolean;
  lang: Lang;
  act: ActOn;
}

export const Adoptions = ({ adoptions, withStory, lang, act }: ListProps) => {
  const t = texts(lang);
  return (
    <ul class="mw-cards">
      {adoptions.map((adoption) => (
        <li key={adoption.id} class="mw-card">
          <p class="mw-card__head">
            {withStory ? (
              <A href={`${link('/verhaal/', lang)}?id=${adoption.story_id}`}>
                {adoption.story_title}
              </A>
            ) : (
              <A href={`${link('/stad/', lang)}?municipality=${adoption.municipality}`}>
                {adoption.city_name}
              </A>
            )}
            <span>
              <State list="adoption_state" state={adoption.state} lang={lang} />{' '}
              <Fictional on={adoption.fictional} lang={lang} />
            </span>
          </p>
          <Facts
            facts={[
              { term: t.since, value: moment(adoption.created_at, lang) },
              { term: t.plan, value: adoption.plan },
              {
                term: t.result,
                value: adoption.result && (
                  <Badge tone={adoption.result === 'works' ? 'good' : 'warn'}>
                    {word('adoption_result', adoption.result, lang)}
                  </Badge>
                ),
              },
              { term: t.lesson, value: adoption.lesson },
            ]}
          />
          <div class="mw-actions">
            {may(adoption, 'start') && (
              <Act
                lang={lang}
                label={t.start}
                about={adoption.story_title}
                act={() => act(t.started, () => command('/adoptions', adoption, 'start'))}
              />
            )}
            {may(adoption, 'report') && <ReportForm adoption={adoption} lang={lang} act={act} />}
          </div>
        </li>
      ))}
    </ul>
  );
};
