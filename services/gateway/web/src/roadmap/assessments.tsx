// Assessments of one city with criteria and evidence, and the steps of its officer and alderman.
import { command, may, replace, type Stored } from '../lib/api';
import { Act } from '../lib/form';
import { date, dictionary, word, type Lang } from '../lib/i18n';
import { ReasonForm } from '../lib/step';
import { Fictional, Heading, Hidden, Icon, State } from '../lib/ui';
import type { Assessment, Criterion } from '../gen/api';
import type { ActOn } from './adoptions';
import { AssessmentForm } from './assessmentform';
import { Level, levelTexts } from './levels';

const texts = dictionary(
  {
    asOf: 'Stand van',
    criteria: 'Criteria en bewijs',
    met: 'Gehaald:',
    notMet: 'Niet gehaald:',
    evidence: 'Bewijs',
    submit: 'Indienen bij de wethouder',
    submitted: 'De beoordeling ligt bij de wethouder.',
    publish: 'Niveau publiceren',
    published: 'Het niveau is gepubliceerd.',
    giveBack: 'Teruggeven',
    givenBack: 'De beoordeling is teruggegeven.',
    drop: 'Concept weggooien',
    dropped: 'Het concept is weg.',
    saved: 'Het concept is bewaard.',
    rule: 'Een niveau telt als alle criteria van dat niveau en alle lagere niveaus zijn gehaald.',
  },
  {
    asOf: 'As of',
    criteria: 'Criteria and evidence',
    met: 'Met:',
    notMet: 'Not met:',
    evidence: 'Evidence',
    submit: 'Hand to the alderman',
    submitted: 'The assessment is with the alderman.',
    publish: 'Publish the level',
    published: 'The level is published.',
    giveBack: 'Give back',
    givenBack: 'The assessment is given back.',
    drop: 'Throw the draft away',
    dropped: 'The draft is gone.',
    saved: 'The draft is saved.',
    rule: 'A level is reached when all criteria of it and of the levels below are met.',
  },
);

const CriteriaList = ({ criteria, lang }: { criteria: Criterion[]; lang: Lang }) => {
  const t = texts(lang);
  const sorted = criteria.toSorted((a, b) => a.level - b.level);
  return (
    <ul class="mw-criteria">
      {sorted.map((one, at) => (
        <li key={at} class={`mw-criterion ${one.met ? 'is-met' : ''}`}>
          <Icon n={one.met ? 'circle-check' : 'circle'} />
          <div>
            <small>{levelTexts(lang).level(String(one.level))}</small>
            <p>
              <Hidden>{one.met ? t.met : t.notMet} </Hidden>
              {one.text}
            </p>
            {one.evidence && <p class="mw-quiet">{`${t.evidence}: ${one.evidence}`}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
};

interface AssessmentProps {
  assessment: Stored<Assessment>;
  lang: Lang;
  act: ActOn;
}

const Steps = ({ assessment, lang, act }: AssessmentProps) => {
  const t = texts(lang);
  const about = word('roadmap_theme', assessment.theme, lang);
  const step = (name: string, said: string) => () =>
    act(said, () => command('/assessments', assessment, name));
  return (
    <div class="mw-actions">
      {may(assessment, 'submit') && (
        <Act lang={lang} label={t.submit} about={about} act={step('submit', t.submitted)} />
      )}
      {may(assessment, 'publish') && (
        <Act lang={lang} label={t.publish} about={about} act={step('publish', t.published)} />
      )}
      {may(assessment, 'return') && (
        <ReasonForm
          id={`give-back-${assessment.id}`}
          lang={lang}
          label={t.giveBack}
          about={about}
          send={(reason) =>
            act(t.givenBack, () => command('/assessments', assessment, 'return', { reason }))
          }
        />
      )}
      {may(assessment, 'put') && (
        <AssessmentForm
          key={assessment.version}
          lang={lang}
          draft={assessment}
          fictional={assessment.fictional ?? false}
          send={(body) =>
            act(t.saved, () =>
              replace<Assessment>(`/assessments/${assessment.id}`, assessment.version, body),
            )
          }
        />
      )}
      {may(assessment, 'drop') && (
        <Act lang={lang} kind="subtle" label={t.drop} about={about} act={step('drop', t.dropped)} />
      )}
    </div>
  );
};

const current = ['draft', 'submitted', 'published'];

// Drafts and superseded ones only come to who may see them.
export const Assessments = (props: {
  assessments: Stored<Assessment>[];
  lang: Lang;
  act: ActOn;
}) => {
  const { assessments, lang, act } = props;
  const t = texts(lang);
  return (
    <>
      <p class="mw-quiet">{t.rule}</p>
      <ul class="mw-cards">
        {assessments
          .filter((one) => current.includes(one.state))
          .map((one) => (
            <li key={one.id} class="mw-card">
              <div class="mw-card__head">
                <Heading level={3} look={4}>
                  {word('roadmap_theme', one.theme, lang)}
                </Heading>
                <span>
                  <State list="assessment_state" state={one.state} lang={lang} />{' '}
                  <Fictional on={one.fictional} lang={lang} />
                </span>
              </div>
              <p>
                <Level level={one.level} lang={lang} />
              </p>
              <p class="mw-quiet">{`${t.asOf} ${date(one.as_of, lang)}`}</p>
              <details class="mw-more">
                <summary>
                  {t.criteria}
                  <Hidden>: {word('roadmap_theme', one.theme, lang)}</Hidden>
                </summary>
                <CriteriaList criteria={one.criteria} lang={lang} />
              </details>
              <Steps assessment={one} lang={lang} act={act} />
            </li>
          ))}
      </ul>
    </>
  );
};
