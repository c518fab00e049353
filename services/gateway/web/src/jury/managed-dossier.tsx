// One dossier for who runs the round: what jurors read of it and what is put in the place of texts, and its judgements.
import { useState } from 'preact/hooks';
import type { Dossier, Judgement } from '../gen/api';
import { command, create, may, set, type Stored } from '../lib/api';
import { AreaField, ChecksField, SelectField } from '../lib/form';
import { dictionary, moment, number, type Lang } from '../lib/i18n';
import { ReasonForm, StepForm, required, type Acting } from '../lib/step';
import { A, Heading, State } from '../lib/ui';
import { juryLink } from './address';
import type { PartProps } from './board';
import { DossierText, headOf } from './dossier';
import { Points } from './given';

const texts = dictionary(
  {
    back: 'Naar de jury',
    reads: 'Wat juryleden lezen',
    masked: 'Vanzelf weggelaten',
    redact: 'Andere teksten in de plaats stellen',
    redactAbout: 'Tot het beoordelen begint. Een leeg veld blijft leeg: juryleden lezen daar niets. Een document dat u aankruist, krijgen zij niet.',
    replaced: 'Stel hiervoor iets anders in de plaats',
    instead: (head: string) => `In plaats van: ${head}`,
    judgements: 'Beoordelingen',
    none: 'Er is nog niets toegewezen.',
    locked: (when: string) => `vastgezet op ${when}`,
    why: 'Reden',
    reopen: 'Heropenen',
    asks: 'Vraagt om heropening',
    reader: 'Het jurylid leest dit.',
    earlier: (when: string, why: string) => `Was vastgezet op ${when}; heropend: ${why}`,
    assign: 'Aan een jurylid toewijzen',
    juror: 'Jurylid',
  },
  {
    back: 'To the jury',
    reads: 'What jurors read',
    masked: 'Left out by itself',
    redact: 'Put other texts in their place',
    redactAbout: 'Until scoring begins. An empty field stays empty: jurors read nothing there. A document that you tick is not there for them.',
    replaced: 'Put something else in the place of',
    instead: (head: string) => `In the place of: ${head}`,
    judgements: 'Judgements',
    none: 'Nothing is assigned yet.',
    locked: (when: string) => `locked on ${when}`,
    why: 'Reason',
    reopen: 'Reopen',
    asks: 'Asks to reopen it',
    reader: 'The juror reads this.',
    earlier: (when: string, why: string) => `Was locked on ${when}; reopened: ${why}`,
    assign: 'Assign to a juror',
    juror: 'Juror',
  },
);

type ManagedProps = PartProps & { dossier: Stored<Dossier> };

const textsOf = (one: Dossier): [field: string, text: string][] => [
  ['summary', one.summary ?? ''],
  ['plan', one.plan ?? ''],
  ...(one.answers ?? []).map(({ code, text }): [string, string] => [`answers.${code}`, text ?? '']),
  ...(one.documents ?? []).map(({ number: nth }): [string, string] => [`documents.${nth}`, '']),
];

const isDocument = (field: string) => field.startsWith('documents.');

const Redact = ({ round, dossier, lang, act }: ManagedProps) => {
  const t = texts(lang);
  const [given, setGiven] = useState<Record<string, string>>(
    Object.fromEntries((dossier.redactions ?? []).map(({ field, text }) => [field, text])),
  );
  if (!['screening', 'presenting'].includes(round.state)) return null;
  const fields = textsOf(dossier);
  const head = (field: string) => headOf(field, round, lang);
  const choose = (chosen: string[]) =>
    setGiven(Object.fromEntries(fields.filter(([field]) => chosen.includes(field)).map(([field, text]) => [field, given[field] ?? text])));
  const redactions = () => Object.entries(given).map(([field, text]) => ({ field, text }));
  return (
    <StepForm
      id="redact"
      lang={lang}
      label={t.redact}
      send={() => act(() => set(`/dossiers/${dossier.id}/redactions`, { redactions: redactions() }))}
    >
      {(slot) => (
        <>
          <p>{t.redactAbout}</p>
          <ChecksField
            {...slot('which')}
            label={t.replaced}
            options={fields.map(([field]) => [field, head(field)] as const)}
            values={Object.keys(given)}
            onValues={choose}
          />
          {Object.entries(given).filter(([field]) => !isDocument(field)).map(([field, text]) => (
            <AreaField
              key={field}
              {...slot(field)}
              label={t.instead(head(field))}
              rows={6}
              value={text}
              onValue={(value) => setGiven({ ...given, [field]: value })}
            />
          ))}
        </>
      )}
    </StepForm>
  );
};

interface RowProps {
  one: Stored<Judgement>;
  name: string;
  lang: Lang;
  act: Acting;
}

const JudgementRow = ({ one, name, lang, act }: RowProps) => {
  const t = texts(lang);
  return (
    <li>
      <div>
        <b>{name}</b> <State list="judgement_state" state={one.state} lang={lang} />
        {one.locked_at && one.state === 'locked' && <span class="mw-quiet"> {t.locked(moment(one.locked_at, lang))}</span>}
        {one.asked && <p>{`${t.asks}: ${one.asked}`}</p>}
        {one.reason && <p class="mw-quiet">{`${t.why}: ${one.reason}`}</p>}
        {one.earlier?.map((was, at) => (
          <p key={at} class="mw-quiet">
            {t.earlier(was.locked_at ? moment(was.locked_at, lang) : '', was.reason ?? '')}
          </p>
        ))}
        {may(one, 'reopen') && (
          <ReasonForm
            id={`reopen-${one.id}`}
            lang={lang}
            label={t.reopen}
            about={name}
            hint={t.reader}
            send={(reason) => act(() => command('/judgements', one, 'reopen', { reason }))}
          />
        )}
      </div>
      <div>
        <Points one={one} lang={lang} />
      </div>
    </li>
  );
};

// Jurors who may judge this one and do not yet.
const freeFor = ({ jury, dossier }: ManagedProps) =>
  jury.jurors.filter(
    ({ id, state, declared_at }) =>
      state === 'active' &&
      declared_at !== undefined &&
      !jury.conflicts.some((one) => one.juror_id === id && one.initiative_id === dossier.initiative_id) &&
      !jury.judgements.some((one) => one.juror_id === id && one.dossier_id === dossier.id),
  );

const AssignOne = (props: ManagedProps) => {
  const { round, jury, dossier, lang, act } = props;
  const t = texts(lang);
  const [juror, setJuror] = useState('');
  const free = freeFor(props);
  if (round.state !== 'scoring' || free.length === 0) return null;
  return (
    <StepForm
      id="assign-one"
      lang={lang}
      label={t.assign}
      check={() => required({ juror: [t.juror, juror] }, lang)}
      send={() => act(() => create('/judgements', { initiative_id: dossier.initiative_id, juror_id: juror }))}
    >
      {(slot) => (
        <SelectField
          {...slot('juror')}
          label={t.juror}
          options={free.map(({ id }) => [id, jury.names.get(id) ?? ''] as const)}
          value={juror}
          onValue={setJuror}
        />
      )}
    </StepForm>
  );
};

export const ManagedDossier = (props: ManagedProps) => {
  const { round, jury, dossier, lang, act } = props;
  const t = texts(lang);
  const given = jury.judgements.filter(({ dossier_id }) => dossier_id === dossier.id);
  const nth = dossier.number ? `${number(dossier.number, lang)}. ` : '';
  return (
    <>
      <p class="mw-section--tight">
        <A href={juryLink(round.id, lang)}>{t.back}</A>
      </p>
      <Heading level={2}>
        {nth}
        {dossier.title}
      </Heading>
      <section class="mw-section--tight" aria-labelledby="judgements">
        <Heading level={3} look={4} id="judgements">
          {t.judgements}
        </Heading>
        {given.length === 0 && <p class="mw-quiet">{t.none}</p>}
        {given.length > 0 && (
          <ul class="mw-rows">
            {given.map((one) => (
              <JudgementRow key={one.id} one={one} name={jury.names.get(one.juror_id ?? '') ?? ''} lang={lang} act={act} />
            ))}
          </ul>
        )}
        <AssignOne {...props} />
      </section>
      <section class="mw-section--tight mw-dossier" aria-labelledby="reads">
        <Heading level={3} look={4} id="reads">
          {t.reads}
        </Heading>
        {(dossier.masked?.length ?? 0) > 0 && <p class="mw-quiet">{`${t.masked}: ${dossier.masked?.join(', ')}`}</p>}
        <DossierText one={dossier} round={round} lang={lang} unnamed={round.blinding !== 'open'} />
        <Redact {...props} />
      </section>
    </>
  );
};
