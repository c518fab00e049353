// One dossier: what the jury reads of an initiative, beside what the juror gives it.
import { useEffect, useState } from 'preact/hooks';
import type { Dossier, DossierDocument, Judgement, Round } from '../gen/api';
import { faultOf, get, getAll, type Fault, type Stored } from '../lib/api';
import { sizeOf } from '../lib/files';
import { dictionary, euro, number, shared, word, type Lang } from '../lib/i18n';
import { A, Facts, FaultAlert, Heading, Icon } from '../lib/ui';
import { juryLink } from './address';
import { isMine } from './dossier-list';
import { JudgementForm } from './form';
import { Masked } from './masked';
import { OwnLocked, Others } from './given';

const texts = dictionary(
  {
    dossier: (nth: string) => `Dossier ${nth}`,
    back: 'Naar uw dossiers',
    toForm: 'Naar uw beoordeling',
    summary: 'Samenvatting',
    plan: 'Plan',
    applicant: 'Aanvrager',
    where: 'Gemeente',
    goals: 'Doelen',
    groups: 'Voor wie',
    asks: 'Vraagt aan de financieringstafel',
    empty: 'Hier staat niets.',
    documents: 'Documenten',
    document: (nth: string) => `Document ${nth}`,
    yours: 'Uw beoordeling',
    notYours: 'Anderen beoordelen dit dossier.',
    next: (nth: string) => `Verder met dossier ${nth}`,
  },
  {
    dossier: (nth: string) => `Dossier ${nth}`,
    back: 'To your dossiers',
    toForm: 'To your judgement',
    summary: 'Summary',
    plan: 'Plan',
    applicant: 'Applicant',
    where: 'Municipality',
    goals: 'Goals',
    groups: 'For whom',
    asks: 'Asks at the financing table',
    empty: 'There is nothing here.',
    documents: 'Documents',
    document: (nth: string) => `Document ${nth}`,
    yours: 'Your judgement',
    notYours: 'Others judge this dossier.',
    next: (nth: string) => `Go on with dossier ${nth}`,
  },
);

// A text as it was written, with what was taken out of it marked.
const Text = ({ text, lang }: { text: string | undefined; lang: Lang }) =>
  text ? (
    <p class="mw-long">
      <Masked text={text} lang={lang} />
    </p>
  ) : (
    <p class="mw-quiet">{texts(lang).empty}</p>
  );

interface PartProps {
  head: string;
  text: string | undefined;
  lang: Lang;
}

const Part = ({ head, text, lang }: PartProps) => (
  <>
    <Heading level={3} look={4}>
      {head}
    </Heading>
    <Text text={text} lang={lang} />
  </>
);

// Its documents, by number: nothing of them says whose they are.
const Copies = ({ documents, lang }: { documents: readonly DossierDocument[] | undefined; lang: Lang }) => {
  const t = texts(lang);
  if (!documents || documents.length === 0) return null;
  return (
    <>
      <Heading level={3} look={4}>
        {t.documents}
      </Heading>
      <ul class="mw-files">
        {documents.map((one) => (
          <li key={one.number}>
            <Icon n="paperclip" />
            <span class="mw-files__name">
              {one.file ? <A href={`/v1/files/${one.file}`}>{t.document(number(one.number ?? 0, lang))}</A> : t.document(number(one.number ?? 0, lang))}
              <span class="mw-quiet"> {one.file ? sizeOf(one.size, lang) : word('copy_state', one.state, lang).toLowerCase()}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
};

const questionOf = (code: string, round: Round, lang: Lang) => {
  const asked = round.questions?.find((found) => found.code === code);
  return (lang === 'en' && asked?.text_en) || asked?.text || code;
};

// What a text of a dossier is called: summary, plan, or answers. and the code of a question.
export const headOf = (field: string, round: Round, lang: Lang): string => {
  const t = texts(lang);
  if (field === 'summary' || field === 'plan') return t[field];
  if (field.startsWith('documents.')) return t.document(field.replace('documents.', ''));
  return questionOf(field.replace(/^answers\./, ''), round, lang);
};

interface DossierTextProps {
  one: Dossier;
  round: Round;
  lang: Lang;
  unnamed?: boolean; // who runs the round knows whose it is, but this is how jurors read it
}

export const DossierText = ({ one, round, lang, unnamed }: DossierTextProps) => {
  const t = texts(lang);
  const words = (list: 'impact_goal' | 'target_group', given: readonly string[] | undefined) =>
    (given ?? []).map((key) => word(list, key, lang)).join(', ');
  return (
    <>
      <Facts
        facts={[
          { term: t.applicant, value: !unnamed && one.applicant_name },
          { term: t.where, value: !unnamed && one.municipality_name },
          { term: t.goals, value: words('impact_goal', one.goals) },
          { term: t.groups, value: words('target_group', one.target_groups) },
          { term: t.asks, value: one.ask_cents !== undefined && euro(one.ask_cents, lang) },
        ]}
      />
      <Part head={t.summary} text={one.summary} lang={lang} />
      <Part head={t.plan} text={one.plan} lang={lang} />
      {one.answers?.map(({ code, text }) => <Part key={code} head={questionOf(code, round, lang)} text={text} lang={lang} />)}
      <Copies documents={one.documents} lang={lang} />
    </>
  );
};

interface Found {
  dossier: Stored<Dossier>;
  judgements: Stored<Judgement>[];
}

const load = async (id: string): Promise<Found> => {
  const [dossier, judgements] = await Promise.all([
    get<Stored<Dossier>>(`/dossiers/${id}`),
    getAll<Stored<Judgement>>('/judgements', { dossierId: id }),
  ]);
  return { dossier, judgements };
};

interface DossierProps {
  id: string;
  round: Stored<Round>;
  dossiers: Stored<Dossier>[];
  lang: Lang;
}

interface GivenProps extends Found {
  lang: Lang;
  reload: () => Promise<void>;
}

const Given = ({ judgements, lang, reload }: GivenProps) => {
  const t = texts(lang);
  const own = judgements.find(({ mine }) => mine);
  const others = judgements.filter(({ mine }) => !mine);
  const open = own && ['assigned', 'started', 'reopened'].includes(own.state);
  return (
    <section class="mw-judging" aria-labelledby="yours" id="judgement">
      <Heading level={2} look={3} id="yours">
        {t.yours}
      </Heading>
      {!own && <p class="mw-quiet">{t.notYours}</p>}
      {own && open && <JudgementForm key={own.id} given={own} lang={lang} reload={reload} />}
      {own && !open && <OwnLocked own={own} lang={lang} reload={reload} />}
      <Others judgements={others} lang={lang} />
    </section>
  );
};

export const DossierView = ({ id, round, dossiers, lang }: DossierProps) => {
  const t = texts(lang);
  const [found, setFound] = useState<Found>();
  const [fault, setFault] = useState<Fault>();
  const reload = () => load(id).then(setFound, (thrown: unknown) => setFault(faultOf(thrown)));
  useEffect(() => void reload(), [id]);
  const back = <A href={juryLink(round.id, lang)}>{t.back}</A>;
  if (fault)
    return (
      <>
        <FaultAlert fault={fault} lang={lang} />
        <p>{back}</p>
      </>
    );
  if (!found) return <p role="status">{shared(lang).loading}</p>;
  const { dossier } = found;
  const waiting = dossiers
    .filter((one) => isMine(one) && one.id !== id && one.judgement_state !== 'locked')
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0))[0];
  return (
    <>
      <p class="mw-section--tight">{back}</p>
      <div class="mw-beside">
        <article class="mw-dossier" aria-labelledby="dossier">
          <Heading level={2} id="dossier">
            {t.dossier(number(dossier.number ?? 0, lang))}
            {dossier.title && `: ${dossier.title}`}
          </Heading>
          <p class="mw-beside__skip">
            <A href="#judgement">{t.toForm}</A>
          </p>
          <DossierText one={dossier} round={round} lang={lang} />
        </article>
        <Given {...found} lang={lang} reload={reload} />
      </div>
      {waiting && (
        <p class="mw-section--tight">
          <A href={juryLink(round.id, lang, waiting.id)}>{t.next(number(waiting.number ?? 0, lang))}</A>
        </p>
      )}
    </>
  );
};
