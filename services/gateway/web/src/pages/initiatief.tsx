// One initiative: what it is, how far it came, and the steps of its applicant and its manager.
import { useEffect, useState } from 'preact/hooks';
import { command, create, get, may, me, type Stored } from '../lib/api';
import { Files, Photos, photosOf } from '../lib/files';
import { dictionary, euro, link, moment, number, word, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { Done, ReasonForm, useTitle } from '../lib/step';
import { A, Crumbs, Facts, Fictional, Heading, State, Waiting } from '../lib/ui';
import type { Initiative, Round } from '../gen/api';
import { ResultPanel } from '../jury/result';
import { Realisation } from '../realisation/realisation';
import { Application } from '../round/application';
import { EraseForm } from '../round/erase';
import { Objections } from '../round/objection';
import { Receipt } from '../round/receipt';
import { InitiativeSteps, hasSteps } from '../round/steps';

export const meta: Meta = {
  title: { nl: 'Initiatief', en: 'Initiative' },
  about: {
    nl: 'Een initiatief in een programma voor sociaal ondernemers.',
    en: 'An initiative in a programme for social entrepreneurs.',
  },
  data: { operation: 'initiative_get', path: '/initiatives/{id}' },
};

const texts = dictionary(
  {
    programme: 'Programma',
    round: (name: string, nth: string) => `${name}, ronde ${nth}`,
    by: 'Aanvrager',
    where: 'Gemeente',
    goals: 'Doelen',
    groups: 'Voor wie',
    ask: 'Gevraagd aan de financieringstafel',
    found: 'Gevonden aan de financieringstafel',
    table: 'Naar de financieringstafel',
    jobs: 'Banen',
    ground: 'Waarom het niet doorging',
    dropped: 'Waarom het niet verder kwam',
    plan: 'Plan',
    planNote: 'Alleen het programma en de aanvrager zien dit.',
    steps: 'Wat u nu kunt doen',
    training: 'Naar het programma: bijeenkomsten, begeleiding en wat u inlevert',
    stage: 'Hoe ver het is',
    least: 'Minimaal nodig',
    together: 'Samen met',
    submitted: 'Ingediend op',
    asked: 'Vraag van het programma',
    answerBy: 'Antwoord uiterlijk',
    answered: 'Antwoord',
    criterion: 'Criterium',
    objectBy: 'Bezwaar maken kan tot',
    answers: 'Antwoorden',
    object: 'Bezwaar maken',
    objected: 'Uw bezwaar is ingediend. Een onafhankelijke behandelaar beslist.',
    documents: 'Documenten',
    erased: 'De gegevens zijn gewist.',
    erasedNote: 'De aanvrager heeft de gegevens laten wissen. Dit is wat bewaard blijft, zodat de aantallen van de ronde kloppen.',
    erasedTitle: 'Gewiste aanvraag',
  },
  {
    programme: 'Programme',
    round: (name: string, nth: string) => `${name}, round ${nth}`,
    by: 'Applicant',
    where: 'Municipality',
    goals: 'Goals',
    groups: 'For whom',
    ask: 'Asked at the financing table',
    found: 'Found at the financing table',
    table: 'To the financing table',
    jobs: 'Jobs',
    ground: 'Why it did not become real',
    dropped: 'Why it went no further',
    plan: 'Plan',
    planNote: 'Only the programme and the applicant see this.',
    steps: 'What you can do now',
    training: 'To the programme: meetings, mentoring and what you hand in',
    stage: 'How far it is',
    least: 'Needed at least',
    together: 'Together with',
    submitted: 'Submitted on',
    asked: 'Question of the programme',
    answerBy: 'Answer by',
    answered: 'Answer',
    criterion: 'Criterion',
    objectBy: 'Objecting is possible until',
    answers: 'Answers',
    object: 'Object',
    objected: 'Your objection was lodged. An independent handler decides.',
    documents: 'Documents',
    erased: 'The data was erased.',
    erasedNote: 'The applicant had the data erased. This is what is kept, so that the numbers of the round stay right.',
    erasedTitle: 'Erased application',
  },
);

const atTable = ['table_ready', 'at_table', 'interest', 'part_financed', 'financed'];

const InitiativeFacts = ({ one, round, lang }: { one: Stored<Initiative>; round: Round | undefined; lang: Lang }) => {
  const rule = round?.eligibility?.find(({ code }) => code === one.criterion);
  const when = (at: string | undefined) => at && moment(at, lang);
  const t = texts(lang);
  const list = (of: 'impact_goal' | 'target_group', keys: string[] | undefined) =>
    keys?.map((key) => word(of, key, lang)).join(', ');
  const money = (cents: number | undefined) => cents !== undefined && euro(cents, lang);
  return (
    <Facts
      facts={[
        { term: t.by, value: one.applicant_name },
        { term: t.where, value: one.municipality_name ?? one.municipality },
        { term: t.goals, value: list('impact_goal', one.goals) },
        { term: t.groups, value: list('target_group', one.target_groups) },
        { term: t.ask, value: money(one.ask_cents) },
        { term: t.least, value: money(one.min_viable_cents) },
        { term: t.stage, value: one.stage && word('initiative_stage', one.stage, lang) },
        { term: t.together, value: one.co_applicants?.map(({ name }) => name).join(', ') },
        { term: t.submitted, value: when(one.submitted_at) },
        { term: t.asked, value: one.question },
        { term: t.answerBy, value: one.state === 'more_info' && when(one.answer_by) },
        { term: t.answered, value: one.answer },
        { term: t.criterion, value: rule && ((lang === 'en' && rule.text_en) || rule.text) },
        { term: t.objectBy, value: one.state === 'ineligible' && when(one.object_by) },
        { term: t.found, value: money(one.financed_cents) },
        { term: t.jobs, value: one.jobs !== undefined && number(one.jobs, lang) },
        { term: t.ground, value: one.failure_ground && word('failure_ground', one.failure_ground, lang) },
        { term: t.dropped, value: one.drop_reason },
      ]}
    />
  );
};

// Nobody objected yet.
const beforeObjection = ['draft', 'submitted', 'more_info'];

// Where there is a programme to look at; its applicant and its manager see what it asks.
const trains = ['in_programme', 'paused', 'dropped_out', 'table_ready', 'at_table', 'financed', 'realised'];

const InitiativeView = ({ given, lang }: { given: Stored<Initiative>; lang: Lang }) => {
  const t = texts(lang);
  const [one, setOne] = useState(given);
  const title = one.erased_at ? t.erasedTitle : one.title;
  useTitle(title, lang);
  const [round, setRound] = useState<Round>();
  const [said, setSaid] = useState('');
  const [own, setOwn] = useState(false);
  useEffect(() => {
    get<Round>(`/rounds/${given.round_id}`)
      .then(setRound)
      .catch(() => setRound(undefined));
    void me().then((who) => setOwn(who.organisation_id === given.applicant_id));
  }, [given]);

  const act = async (done: string, work: () => Promise<unknown>) => {
    await work();
    setOne(await get<Stored<Initiative>>(`/initiatives/${one.id}`));
    setSaid(done);
  };
  // Who had it erased finds it no more: what is left comes with the answer.
  const erase = async () => {
    setOne(await command<Initiative>('/initiatives', one, 'erase'));
    setSaid(t.erased);
  };
  const object = (grounds: string) =>
    act(t.objected, () => create('/objections', { initiative_id: one.id, grounds }));
  const itsRound = round && (
    <p>
      <A href={`${link('/ronde/', lang)}?id=${one.round_id}`}>
        {t.round(round.programme_name ?? '', String(round.number))}
      </A>
    </p>
  );
  const top = (
    <>
      <Crumbs lang={lang} trail={[[t.programme, '/programma/'], [title]]} />
      <Heading level={1}>{title}</Heading>
      <p class="mw-states">
        <State list="initiative_state" state={one.state} lang={lang} />{' '}
        <Fictional on={one.fictional} lang={lang} />
      </p>
      <Done text={said} />
    </>
  );
  if (one.erased_at) {
    return (
      <div class="mw-wrap mw-page">
        {top}
        <p class="mw-lead">{t.erasedNote}</p>
        {itsRound}
        <section class="mw-section--tight">
          <InitiativeFacts one={one} round={round} lang={lang} />
        </section>
      </div>
    );
  }
  return (
    <div class="mw-wrap mw-page">
      {top}
      {!may(one, 'put') && <p class="mw-lead">{one.summary}</p>}
      {itsRound}
      {trains.includes(one.state) && one.ask_cents !== undefined && (
        <p>
          <A href={`${link('/traject/', lang)}?id=${one.id}`}>{t.training}</A>
        </p>
      )}
      {may(one, 'put') && round && (
        <Application
          draft={one}
          round={round}
          lang={lang}
          submitted={(done) => act(done, () => Promise.resolve())}
        />
      )}
      {hasSteps(one) && (
        <section class="mw-panel mw-section--tight" aria-labelledby="steps">
          <Heading level={2} look={4} id="steps">
            {t.steps}
          </Heading>
          <InitiativeSteps initiative={one} lang={lang} act={act} />
        </section>
      )}
      {!beforeObjection.includes(one.state) && (
        <Objections initiative={one} round={round} lang={lang} changed={() => act('', () => Promise.resolve())} />
      )}
      {one.submitted_at && <ResultPanel id={one.id} version={one.version} lang={lang} act={act} />}
      {one.submitted_at && own && (
        <Receipt id={one.id} version={one.version} lang={lang} />
      )}
      {!may(one, 'put') && (
        <section class="mw-section--tight">
          <InitiativeFacts one={one} round={round} lang={lang} />
        </section>
      )}
      <Realisation initiative={one} programme={round?.programme_id} lang={lang} act={act} />
      {one.round_id && one.state && atTable.includes(one.state) && (
        <p>
          <A href={`${link('/tafel/', lang)}?initiatief=${one.id}`}>{t.table}</A>
        </p>
      )}
      {one.state === 'ineligible' && may(one, 'withdraw') && (
        <ReasonForm id="object" lang={lang} label={t.object} about={one.title} least={20} send={object} />
      )}
      {!may(one, 'put') && round && one.answers && one.answers.length > 0 && (
        <section class="mw-section--tight" aria-labelledby="answers">
          <Heading level={2} look={3} id="answers">
            {t.answers}
          </Heading>
          {one.answers.map(({ code, text }) => {
            const asked = round.questions?.find((question) => question.code === code);
            return (
              <div key={code} class="mw-answer">
                <Heading level={3} look={4}>
                  {(lang === 'en' && asked?.text_en) || asked?.text || code}
                </Heading>
                <p class="mw-long">{text}</p>
              </div>
            );
          })}
        </section>
      )}
      {!may(one, 'put') && one.documents && one.documents.length > 0 && (
        <section class="mw-section--tight" aria-labelledby="documents">
          <Heading level={2} look={3} id="documents">
            {t.documents}
          </Heading>
          {photosOf(one.documents).length > 0 && <Photos documents={one.documents} title={one.title} />}
          <Files documents={one.documents} lang={lang} />
        </section>
      )}
      {!may(one, 'put') && one.plan && (
        <section class="mw-section--tight" aria-labelledby="plan">
          <Heading level={2} look={3} id="plan">
            {t.plan}
          </Heading>
          <p class="mw-quiet">{t.planNote}</p>
          <p class="mw-long">{one.plan}</p>
        </section>
      )}
      {may(one, 'erase') && (
        <section class="mw-section--tight">
          <EraseForm initiative={one} lang={lang} erase={erase} />
        </section>
      )}
    </div>
  );
};

export default function InitiativePage({ lang, d, fault }: PageProps<Stored<Initiative>>) {
  return d ? (
    <InitiativeView given={d} lang={lang} />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
