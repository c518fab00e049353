// An objection against being found ineligible: what each side said, all that its handler needs, and their decision.
import { useEffect, useState } from 'preact/hooks';
import type { Objection, Round } from '../gen/api';
import { command, get, getAll, may, me, type Stored } from '../lib/api';
import { Files, Photos, photosOf } from '../lib/files';
import { AreaField, SelectField, type Faults } from '../lib/form';
import { dictionary, moment, type Lang } from '../lib/i18n';
import { Done, StepForm } from '../lib/step';
import { Facts, Heading, State } from '../lib/ui';

const texts = dictionary(
  {
    eligibility: 'Bezwaar tegen ‘niet ontvankelijk’',
    selection: 'Bezwaar tegen het besluit van de jury',
    by: 'Bezwaar van',
    against: 'Tegen het oordeel van',
    handler: 'Beslist onafhankelijk',
    lodged: 'Ingediend op',
    criterion: 'Criterium dat niet zou zijn vervuld',
    why: 'Waarom, volgens het programma',
    grounds: 'Waarom dat niet klopt, volgens de aanvrager',
    screened: 'Wat de screening vond',
    met: 'voldoet',
    unmet: 'voldoet niet',
    handedIn: 'Wat er is ingediend',
    summary: 'Samenvatting',
    plan: 'Plan',
    asked: 'Vraag van het programma',
    answered: 'Antwoord',
    documents: 'Documenten',
    decide: 'Beslissen over het bezwaar',
    record: 'Beslissing vastleggen',
    right: 'Is het bezwaar terecht?',
    upheld: 'Ja: het initiatief is ontvankelijk',
    upheldPlace: 'Ja: het initiatief krijgt de eerste plaats die vrij is',
    rejectedPlace: 'Nee: het besluit van de jury blijft',
    rejected: 'Nee: het initiatief blijft niet ontvankelijk',
    choose: 'Kies of het bezwaar terecht is.',
    reasons: 'Waarom?',
    reasonsHint: 'Alle partijen lezen dit. Minstens 20 tekens.',
    short: 'Geef een uitleg van minstens 20 tekens.',
    final: 'Een beslissing is definitief.',
    decision: 'Beslissing',
    decidedAt: 'Beslist op',
    yes: 'Het bezwaar is terecht',
    no: 'Het bezwaar is niet terecht',
    done: 'De beslissing ligt vast. De aanvrager en het programma krijgen bericht.',
  },
  {
    eligibility: 'Objection against ‘not eligible’',
    selection: 'Objection against the decision of the jury',
    by: 'Objection of',
    against: 'Against the judgement of',
    handler: 'Decides independently',
    lodged: 'Lodged on',
    criterion: 'Criterion that would not be met',
    why: 'Why, as the programme says',
    grounds: 'Why that is wrong, as the applicant says',
    screened: 'What the screening found',
    met: 'meets it',
    unmet: 'does not meet it',
    handedIn: 'What was handed in',
    summary: 'Summary',
    plan: 'Plan',
    asked: 'Question of the programme',
    answered: 'Answer',
    documents: 'Documents',
    decide: 'Decide on the objection',
    record: 'Record the decision',
    right: 'Is the objection right?',
    upheld: 'Yes: the initiative is eligible',
    upheldPlace: 'Yes: the initiative gets the first place that is free',
    rejectedPlace: 'No: the decision of the jury stays',
    rejected: 'No: the initiative stays ineligible',
    choose: 'Choose whether the objection is right.',
    reasons: 'Why?',
    reasonsHint: 'All sides read this. At least 20 characters.',
    short: 'Give an explanation of at least 20 characters.',
    final: 'A decision is final.',
    decision: 'Decision',
    decidedAt: 'Decided on',
    yes: 'The objection is right',
    no: 'The objection is not right',
    done: 'The decision is recorded. The applicant and the programme are told.',
  },
);

interface PartProps {
  objection: Stored<Objection>;
  round: Round | undefined;
  lang: Lang;
}

const textIn = (lang: Lang, one: { text: string; text_en?: string } | undefined) => one && ((lang === 'en' && one.text_en) || one.text);

// What was handed in, for who decides and does not read the initiative itself.
const HandedIn = ({ objection, round, lang }: PartProps) => {
  const t = texts(lang);
  const documents = objection.documents ?? [];
  return (
    <details class="mw-more" open>
      <summary>{t.handedIn}</summary>
      <Facts
        facts={[
          { term: t.summary, value: objection.summary },
          ...(objection.answers ?? []).map(({ code, text }) => ({
            term: textIn(lang, round?.questions?.find((one) => one.code === code)) ?? code,
            value: <span class="mw-long">{text}</span>,
          })),
          { term: t.plan, value: objection.plan && <span class="mw-long">{objection.plan}</span> },
          { term: t.asked, value: objection.question },
          { term: t.answered, value: objection.answer },
        ]}
      />
      {photosOf(documents).length > 0 && <Photos documents={documents} title={objection.title ?? ''} />}
      <Files documents={documents} lang={lang} />
    </details>
  );
};

const Screened = ({ objection, round, lang }: PartProps) => {
  const t = texts(lang);
  return (
    <>
      <Heading level={3} look={4}>
        {t.screened}
      </Heading>
      <ul class="mw-checks">
        {objection.checks?.map(({ code, met, remark }) => (
          <li key={code}>
            {textIn(lang, round?.eligibility?.find((one) => one.code === code)) ?? code} <b>{met ? t.met : t.unmet}</b>
            {remark && <p class="mw-quiet">{remark}</p>}
          </li>
        ))}
      </ul>
    </>
  );
};

const DecideForm = ({ objection, lang, send }: Omit<PartProps, 'round'> & { send: (body: object) => Promise<unknown> }) => {
  const t = texts(lang);
  const [right, setRight] = useState('');
  const [decision, setDecision] = useState('');
  const check = (): Faults => ({
    ...(right ? {} : { upheld: t.choose }),
    ...(decision.trim().length < 20 ? { decision: t.short } : {}),
  });
  return (
    <StepForm
      id="decide"
      lang={lang}
      label={t.decide}
      about={objection.title}
      submit={t.record}
      open
      check={check}
      send={() => send({ upheld: right === 'yes', decision: decision.trim() })}
    >
      {(slot) => (
        <>
          <SelectField
            {...slot('upheld')}
            label={t.right}
            hint={t.final}
            options={[
              ['yes', objection.about === 'selection' ? t.upheldPlace : t.upheld],
              ['no', objection.about === 'selection' ? t.rejectedPlace : t.rejected],
            ]}
            value={right}
            onValue={setRight}
          />
          <AreaField {...slot('decision')} label={t.reasons} hint={t.reasonsHint} rows={6} value={decision} onValue={setDecision} />
        </>
      )}
    </StepForm>
  );
};

interface PanelProps {
  initiative: { id: string; round_id: string; version: number };
  round: Round | undefined;
  lang: Lang;
  changed: () => Promise<unknown>;
}

const Panel = ({ objection, handles, round, lang, decide }: PartProps & { handles: boolean; decide: (body: object) => Promise<unknown> }) => {
  const t = texts(lang);
  const parts = { objection, round, lang };
  const about = objection.about ?? 'eligibility';
  const criterion = round?.eligibility?.find(({ code }) => code === objection.criterion);
  return (
    <section class="mw-panel mw-section--tight" aria-labelledby={`objection-${about}`}>
      <Heading level={2} look={3} id={`objection-${about}`}>
        {t[about]}
      </Heading>
      <p class="mw-states">
        <State list="objection_state" state={objection.state} lang={lang} />
      </p>
      <Facts
        facts={[
          { term: t.by, value: objection.applicant_name },
          { term: t.against, value: objection.manager_name },
          { term: t.handler, value: objection.handler_name },
          { term: t.lodged, value: moment(objection.created_at, lang) },
          { term: t.criterion, value: textIn(lang, criterion) },
          { term: t.why, value: objection.drop_reason },
          { term: t.grounds, value: <span class="mw-long">{objection.grounds}</span> },
          { term: t.decidedAt, value: objection.decided_at && moment(objection.decided_at, lang) },
          { term: t.decision, value: objection.upheld !== undefined && (objection.upheld ? t.yes : t.no) },
          { term: t.reasons, value: objection.decision && <span class="mw-long">{objection.decision}</span> },
        ]}
      />
      {handles && objection.checks && <Screened {...parts} />}
      {handles && <HandedIn {...parts} />}
      {may(objection, 'decide') && <DecideForm objection={objection} lang={lang} send={decide} />}
    </section>
  );
};

// The objections about an initiative that the caller has to do with.
export const Objections = ({ initiative, round, lang, changed }: PanelProps) => {
  const t = texts(lang);
  const [all, setAll] = useState<Stored<Objection>[]>([]);
  const [own, setOwn] = useState<string>();
  const [said, setSaid] = useState('');
  const load = async () => {
    const who = await me();
    if (!who.organisation_id) return;
    const listed = await getAll<Stored<Objection>>('/objections', { roundId: initiative.round_id });
    const of = listed.filter(({ initiative_id }) => initiative_id === initiative.id);
    setAll(await Promise.all(of.map(({ id }) => get<Stored<Objection>>(`/objections/${id}`))));
    setOwn(who.organisation_id);
  };
  useEffect(() => void load().catch(() => setAll([])), [initiative.id, initiative.version]);
  const decide = (objection: Stored<Objection>) => async (body: object) => {
    await command('/objections', objection, 'decide', body);
    await Promise.all([load(), changed()]);
    setSaid(t.done);
  };
  return (
    <>
      <Done text={said} />
      {all.map((one) => (
        <Panel key={one.id} objection={one} handles={one.handler_id === own} round={round} lang={lang} decide={decide(one)} />
      ))}
    </>
  );
};
