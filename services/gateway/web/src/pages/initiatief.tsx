// One initiative: what it is, how far it came, and the steps of its applicant and its manager.
import { useEffect, useState } from 'preact/hooks';
import { command, create, get, may, me, type Stored } from '../lib/api';
import { Files, Photos, photosOf } from '../lib/files';
import { dictionary, euro, link, moment, number, word, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { Done, ReasonForm, useTitle, type Telling } from '../lib/step';
import { A, Crumbs, Facts, Fictional, Heading, State, Waiting } from '../lib/ui';
import type { Initiative, Round } from '../gen/api';
import { ResultPanel, useResult } from '../jury/result';
import { Realisation } from '../realisation/realisation';
import { Application } from '../round/application';
import { EraseForm } from '../round/erase';
import { Objections } from '../round/objection';
import { Receipt } from '../round/receipt';
import { trains } from '../round/stages';
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
    table: 'De financieringstafel',
    jobs: 'Banen',
    ground: 'Waarom het niet doorging',
    dropped: 'Waarom het niet verder kwam',
    plan: 'Plan',
    planNote: 'Alleen het programma en de aanvrager zien dit.',
    steps: 'Wat u nu kunt doen',
    training: 'Bijeenkomsten, begeleiding en wat u inlevert',
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
    grounds: 'Wat klopt er niet?',
    groundsHint: 'Een onafhankelijke behandelaar leest dit, en het programma.',
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
    table: 'The financing table',
    jobs: 'Jobs',
    ground: 'Why it did not become real',
    dropped: 'Why it went no further',
    plan: 'Plan',
    planNote: 'Only the programme and the applicant see this.',
    steps: 'What you can do now',
    training: 'Meetings, mentoring and what you hand in',
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
    grounds: 'What is wrong?',
    groundsHint: 'An independent handler reads this, and so does the programme.',
    objected: 'Your objection was lodged. An independent handler decides.',
    documents: 'Documents',
    erased: 'The data was erased.',
    erasedNote: 'The applicant had the data erased. This is what is kept, so that the numbers of the round stay right.',
    erasedTitle: 'Erased application',
  },
);

const atTable = ['table_ready', 'at_table', 'interest', 'part_financed', 'financed'];

// `told`: the jury's decision above says why.
const InitiativeFacts = ({ one, round, told, lang }: { one: Stored<Initiative>; round: Round | undefined; told: boolean; lang: Lang }) => {
  const rule = refused.includes(one.state) ? round?.eligibility?.find(({ code }) => code === one.criterion) : undefined;
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
        { term: t.dropped, value: !told && one.drop_reason },
      ]}
    />
  );
};

// By the criterion that it names.
const refused = ['ineligible', 'objection', 'ineligible_final'];

// Nobody objected yet.
const beforeObjection = ['draft', 'submitted', 'more_info'];

type PartProps = { one: Stored<Initiative>; round: Round | undefined; lang: Lang };

// Where else there is something of this initiative, for who may look there.
const Links = ({ one, round, lang }: PartProps) => {
  const t = texts(lang);
  const pages: [boolean, string, string][] = [
    [round !== undefined, `/ronde/?id=${one.round_id}`, t.round(round?.programme_name ?? '', String(round?.number))],
    [!one.erased_at && trains.includes(one.state) && one.ask_cents !== undefined, `/traject/?id=${one.id}`, t.training],
    [!one.erased_at && atTable.includes(one.state), `/tafel/?initiatief=${one.id}`, t.table],
  ];
  return (
    <ul class="mw-meta">
      {pages
        .filter(([shown]) => shown)
        .map(([, address, label]) => (
          <li key={address}>
            <A href={link(address, lang)}>{label}</A>
          </li>
        ))}
    </ul>
  );
};

const Answers = ({ one, round, lang }: PartProps) => {
  if (!round || !one.answers?.length) return null;
  return (
    <section class="mw-section--tight" aria-labelledby="answers">
      <Heading level={2} look={3} id="answers">
        {texts(lang).answers}
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
  );
};

const Documents = ({ one, lang }: Omit<PartProps, 'round'>) => {
  if (!one.documents?.length) return null;
  return (
    <section class="mw-section--tight" aria-labelledby="documents">
      <Heading level={2} look={3} id="documents">
        {texts(lang).documents}
      </Heading>
      {photosOf(one.documents).length > 0 && <Photos documents={one.documents} title={one.title} />}
      <Files documents={one.documents} lang={lang} />
    </section>
  );
};

const Plan = ({ one, lang }: Omit<PartProps, 'round'>) => {
  const t = texts(lang);
  if (!one.plan) return null;
  return (
    <section class="mw-section--tight" aria-labelledby="plan">
      <Heading level={2} look={3} id="plan">
        {t.plan}
      </Heading>
      <p class="mw-quiet">{t.planNote}</p>
      <p class="mw-long">{one.plan}</p>
    </section>
  );
};

const Steps = ({ one, lang, act }: Omit<PartProps, 'round'> & { act: Telling }) => {
  if (!hasSteps(one)) return null;
  return (
    <section class="mw-panel mw-section--tight" aria-labelledby="steps">
      <Heading level={2} look={4} id="steps">
        {texts(lang).steps}
      </Heading>
      <InitiativeSteps initiative={one} lang={lang} act={act} />
    </section>
  );
};

// What came in, and what became of it.
const Submitted = ({ one, round, own, lang, act }: PartProps & { own: boolean; act: Telling }) => {
  const t = texts(lang);
  const found = useResult(one);
  const object = (grounds: string) => act(t.objected, () => create('/objections', { initiative_id: one.id, grounds }));
  const receipt = one.submitted_at && own && <Receipt id={one.id} version={one.version} lang={lang} />;
  const waits = beforeObjection.includes(one.state); // then the receipt is what there is to see
  return (
    <>
      <Steps one={one} lang={lang} act={act} />
      {!waits && <Objections initiative={one} round={round} lang={lang} changed={() => act('', () => Promise.resolve())} />}
      {one.state === 'ineligible' && may(one, 'withdraw') && Date.parse(one.object_by ?? '') > Date.now() && (
        <ReasonForm id="object" lang={lang} label={t.object} about={one.title} least={20} ask={t.grounds} hint={t.groundsHint} send={object} />
      )}
      <ResultPanel found={found} lang={lang} act={act} />
      {waits && receipt}
      <section class="mw-section--tight">
        <InitiativeFacts one={one} round={round} told={found.result !== undefined} lang={lang} />
      </section>
      <Realisation initiative={one} programme={round?.programme_id} lang={lang} act={act} />
      <Answers one={one} round={round} lang={lang} />
      <Documents one={one} lang={lang} />
      <Plan one={one} lang={lang} />
      {!waits && receipt}
    </>
  );
};

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

  const act: Telling = async (done, work) => {
    await work();
    setOne(await get<Stored<Initiative>>(`/initiatives/${one.id}`));
    setSaid(done);
  };
  // Who had it erased finds it no more: what is left comes with the answer.
  const erase = async () => {
    setOne(await command<Initiative>('/initiatives', one, 'erase'));
    setSaid(t.erased);
  };
  const writes = may(one, 'put');
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[t.programme, '/programma/'], [title]]} />
      <Heading level={1}>{title}</Heading>
      <p class="mw-states">
        <State list="initiative_state" state={one.state} lang={lang} />{' '}
        <Fictional on={one.fictional} lang={lang} />
      </p>
      <Done text={said} />
      {!writes && <p class="mw-lead">{one.erased_at ? t.erasedNote : one.summary}</p>}
      <Links one={one} round={round} lang={lang} />
      {writes && round && (
        <Application draft={one} round={round} lang={lang} submitted={(done) => act(done, () => Promise.resolve())} />
      )}
      {writes && <Steps one={one} lang={lang} act={act} />}
      {one.erased_at && (
        <section class="mw-section--tight">
          <InitiativeFacts one={one} round={round} told={false} lang={lang} />
        </section>
      )}
      {!writes && !one.erased_at && <Submitted one={one} round={round} own={own} lang={lang} act={act} />}
      {!one.erased_at && may(one, 'erase') && (
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
