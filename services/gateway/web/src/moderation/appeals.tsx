// Appeals: those before a handler of neither side, and the form of who does not agree with a decision about their organisation.
import { useState } from 'preact/hooks';
import type { Appeal, Flag, FlagDecision, Organisation } from '../gen/api';
import { command, create, getAll, may, type Stored } from '../lib/api';
import { Act, AreaField } from '../lib/form';
import { date, dictionary, moment, word, type Lang } from '../lib/i18n';
import { List, useListing } from '../lib/lists';
import { StepForm, required } from '../lib/step';
import { Alert, State } from '../lib/ui';
import { nameOfCriterion, useCriteria } from './criteria';

const texts = dictionary(
  {
    title: 'Bezwaren',
    none: 'Er ligt geen bezwaar bij u.',
    decision: 'Het besluit',
    grounds: 'Het bezwaar',
    uphold: 'Gegrond: besluit terugdraaien',
    dismiss: 'Ongegrond: besluit blijft',
    verdict: 'Motivering',
    hint: 'Ten minste 10 tekens. Beide kanten lezen dit.',
    tied: 'U hoort bij een van beide kanten. Een andere behandelaar beslist.',
    own: 'Het besluit over uw organisatie',
    criterion: 'Criterium:',
    why: 'Waarom:',
    until: (when: string) => `Hierna gebeurt er iets vanzelf op ${when}.`,
    running: 'Lopende opdrachten gaan door.',
    appeal: 'Bezwaar maken',
    appealText: 'Waarom klopt het besluit niet?',
    appealHint: 'Ten minste 20 tekens. Een behandelaar die bij geen van beide kanten hoort, beslist.',
    withdraw: 'Bezwaar intrekken',
    flags: 'Uw meldingen',
    noFlags: 'U hebt niets gemeld.',
    decided: 'Besluiten over meldingen van uw organisatie',
    noDecided: 'Er is niets over uw organisatie besloten na een melding.',
  },
  {
    title: 'Appeals',
    none: 'No appeal is before you.',
    decision: 'The decision',
    grounds: 'The appeal',
    uphold: 'Upheld: take the decision back',
    dismiss: 'Dismissed: the decision stands',
    verdict: 'Statement of reasons',
    hint: 'At least 10 characters. Both sides read this.',
    tied: 'You belong to one of both sides. Another handler decides.',
    own: 'The decision about your organisation',
    criterion: 'Criterion:',
    why: 'Why:',
    until: (when: string) => `Something happens by itself on ${when}.`,
    running: 'Running orders go on.',
    appeal: 'Appeal',
    appealText: 'Why is the decision wrong?',
    appealHint: 'At least 20 characters. A handler who belongs to neither side decides.',
    withdraw: 'Withdraw the appeal',
    flags: 'Your reports',
    noFlags: 'You reported nothing.',
    decided: 'Decisions on reports of your organisation',
    noDecided: 'Nothing was decided about your organisation after a report.',
  },
);

interface VerdictProps {
  appeal: Stored<Appeal>;
  step: 'uphold' | 'dismiss';
  lang: Lang;
  reload: () => Promise<void>;
}

const Verdict = ({ appeal, step, lang, reload }: VerdictProps) => {
  const t = texts(lang);
  const [verdict, setVerdict] = useState('');
  return (
    <StepForm
      id={`${step}-${appeal.id}`}
      lang={lang}
      label={t[step]}
      about={appeal.organisation_name ?? ''}
      check={() => required({ verdict: [t.verdict, verdict] }, lang)}
      send={() => command('/appeals', appeal, step, { verdict: verdict.trim() }).then(reload)}
    >
      {(slot) => (
        <AreaField {...slot('verdict')} label={t.verdict} hint={t.hint} value={verdict} onValue={setVerdict} />
      )}
    </StepForm>
  );
};

const About = ({ appeal, lang }: { appeal: Appeal; lang: Lang }) => {
  const t = texts(lang);
  const criteria = useCriteria(lang);
  return (
    <div>
      <b>{appeal.organisation_name}</b>
      <p>
        {t.decision}: {[nameOfCriterion(criteria, appeal.criterion), appeal.decision].filter(Boolean).join(' – ')}
      </p>
      <p class="mw-long">
        {t.grounds}: {appeal.grounds}
      </p>
      {appeal.verdict && (
        <p class="mw-long">
          {t.verdict}: {appeal.verdict}
        </p>
      )}
    </div>
  );
};

const When = ({ appeal, lang }: { appeal: Appeal; lang: Lang }) => (
  <span class="mw-quiet">
    <State list="appeal_state" state={appeal.state} lang={lang} />
    <br />
    {appeal.created_at && date(appeal.created_at, lang)}
  </span>
);

// What waits for a handler, and what they decided.
export const AppealQueue = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Stored<Appeal>>('/appeals'));
  return (
    <List
      id="appeals"
      title={t.title}
      empty={t.none}
      lang={lang}
      listing={listing}
      three
      row={(appeal) => (
        <>
          <About appeal={appeal} lang={lang} />
          <When appeal={appeal} lang={lang} />
          {appeal.state !== 'lodged' || appeal.commands?.length ? (
            <span class="mw-rows__acts">
              {(['uphold', 'dismiss'] as const).map(
                (step) =>
                  may(appeal, step) && (
                    <Verdict key={step} appeal={appeal} step={step} lang={lang} reload={listing.reload} />
                  ),
              )}
            </span>
          ) : (
            <Alert>
              <p>{t.tied}</p>
            </Alert>
          )}
        </>
      )}
    />
  );
};

const AppealForm = ({ lang, reload }: { lang: Lang; reload: () => Promise<void> }) => {
  const t = texts(lang);
  const [grounds, setGrounds] = useState('');
  return (
    <StepForm
      id="appeal"
      lang={lang}
      label={t.appeal}
      check={() => required({ grounds: [t.appealText, grounds] }, lang)}
      send={() => create<Appeal>('/appeals', { grounds: grounds.trim() }).then(reload)}
    >
      {(slot) => (
        <AreaField
          {...slot('grounds')}
          label={t.appealText}
          hint={t.appealHint}
          value={grounds}
          onValue={setGrounds}
        />
      )}
    </StepForm>
  );
};

const against = ['refused', 'suspended', 'removed'];

// What was decided against the caller's organisation, why, and the way to appeal.
export const OwnCase = ({ own, admin, lang }: { own: Organisation; admin: boolean; lang: Lang }) => {
  const t = texts(lang);
  const appeals = useListing(() => getAll<Stored<Appeal>>('/appeals'));
  const criteria = useCriteria(lang);
  if (!against.includes(own.state ?? '')) return null;
  const mine = (appeals.items ?? []).filter(({ organisation_id: id }) => id === own.id);
  return (
    <section class="mw-section" id="besluit">
      <Alert title={`${t.own}: ${word('organisation_state', own.state, lang)}`}>
        <p>
          {t.criterion} {nameOfCriterion(criteria, own.criterion)}
          <br />
          {t.why} {own.decision}
        </p>
        <p>
          {own.state === 'suspended' && t.running} {own.due_at && t.until(moment(own.due_at, lang))}
        </p>
      </Alert>
      <ul class="mw-rows">
        {mine.map((appeal) => (
          <li key={appeal.id}>
            <About appeal={appeal} lang={lang} />
            <span>
              <When appeal={appeal} lang={lang} />{' '}
              {may(appeal, 'withdraw') && (
                <Act
                  lang={lang}
                  kind="secondary"
                  label={t.withdraw}
                  act={() => command('/appeals', appeal, 'withdraw').then(appeals.reload)}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
      {admin && appeals.items && !mine.some(({ state }) => state === 'lodged') && (
        <AppealForm lang={lang} reload={appeals.reload} />
      )}
    </section>
  );
};

// What the caller's organisation reported, and what was decided on reports about it; nothing where there is neither.
export const OwnFlags = ({ own, lang }: { own: string; lang: Lang }) => {
  const t = texts(lang);
  const sent = useListing(async () =>
    (await getAll<Flag>('/flags')).filter(({ reporter_id: by }) => by === own),
  );
  const about = useListing(() => getAll<FlagDecision>('/flag-decisions'));
  const cell = (one: Flag | FlagDecision) => (
    <>
      <div>
        <b>{word('flag_ground', one.ground, lang)}:</b> {one.subject}
        {one.statement && <p class="mw-long">{one.statement}</p>}
      </div>
      <State list="flag_state" state={one.state} lang={lang} />
    </>
  );
  return (
    <>
      {!!sent.items?.length && (
        <List id="own-flags" title={t.flags} empty={t.noFlags} lang={lang} listing={sent} row={cell} />
      )}
      {!!about.items?.length && (
        <List id="flag-decisions" title={t.decided} empty={t.noDecided} lang={lang} listing={about} row={cell} />
      )}
    </>
  );
};
