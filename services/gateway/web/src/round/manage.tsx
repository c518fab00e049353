// What a manager does with a round beside moving it on: more time for all or for one, and calling it off.
import { useEffect, useState } from 'preact/hooks';
import type { Extension, Round } from '../gen/api';
import { command, create, getAll, may, type Stored } from '../lib/api';
import { AreaField, SelectField, TextField, optionsOf, type Faults } from '../lib/form';
import { dictionary, link, moment, word, type Lang } from '../lib/i18n';
import { localOf, momentOf } from '../lib/input';
import { ReasonForm, StepForm, required, type Telling } from '../lib/step';
import { A, Heading } from '../lib/ui';

const texts = dictionary(
  {
    extend: 'Inschrijving verlengen voor iedereen',
    extendHint: 'Dit kan één keer, tot de inschrijving sluit. Iedereen leest de reden.',
    until: 'Nieuwe sluiting',
    untilHint: (now: string) => `Nu sluit de inschrijving op ${now}.`,
    later: 'Kies een later moment dan de sluiting nu.',
    date: 'Vul een datum en tijd in.',
    reason: 'Waarom?',
    extended: 'De inschrijving is verlengd voor iedereen.',
    cancel: 'Ronde afgelasten',
    cancelHint: 'Iedereen leest dit. Afgelasten is definitief.',
    cancelled: 'De ronde is afgelast. Wie meedeed, krijgt bericht en kan in een andere ronde meedoen.',
    grant: 'Uitstel geven aan één aanvrager',
    grantHint: 'Op de pagina van de ronde staat hoe vaak dit is gedaan, niet voor wie.',
    which: 'Nummer van het concept',
    whichHint: 'Het staat onder aan de aanvraag; de aanvrager geeft het aan u. Het adres van de pagina mag ook.',
    notId: 'Plak het nummer of het adres van de aanvraag.',
    personal: 'Indienen tot',
    ground: 'Reden',
    inWords: 'Toelichting',
    granted: 'Het uitstel is gegeven. De aanvrager krijgt bericht.',
    list: 'Gegeven uitstel',
    given: (until: string, ground: string) => `tot ${until}, ${ground.toLowerCase()}`,
    application: 'Aanvraag',
  },
  {
    extend: 'Extend entry for everybody',
    extendHint: 'This can be done once, until entry closes. Everybody reads the reason.',
    until: 'New closing',
    untilHint: (now: string) => `Entry closes on ${now} now.`,
    later: 'Choose a later moment than the closing now.',
    date: 'Give a date and time.',
    reason: 'Why?',
    extended: 'Entry is extended for everybody.',
    cancel: 'Cancel the round',
    cancelHint: 'Everybody reads this. Cancelling is final.',
    cancelled: 'The round is cancelled. Who took part is told, and may take part in another round.',
    grant: 'Give one applicant more time',
    grantHint: 'The page of the round says how often this was done, not for whom.',
    which: 'Number of the draft',
    whichHint: 'It stands below the application; the applicant gives it to you. The address of the page will do too.',
    notId: 'Paste the number or the address of the application.',
    personal: 'Submit until',
    ground: 'Ground',
    inWords: 'Explanation',
    granted: 'More time is given. The applicant is told.',
    list: 'More time that was given',
    given: (until: string, ground: string) => `until ${until}, ${ground.toLowerCase()}`,
    application: 'Application',
  },
);

interface ManageProps {
  round: Stored<Round>;
  lang: Lang;
  act: Telling;
}

const timeFaults = (local: string, round: Round, lang: Lang, path: string): Faults => {
  const t = texts(lang);
  const at = momentOf(local);
  if (!at) return { [path]: t.date };
  return Date.parse(at) > Date.parse(round.closes_at) ? {} : { [path]: t.later };
};

const ExtendForm = ({ round, lang, act }: ManageProps) => {
  const t = texts(lang);
  const [until, setUntil] = useState(localOf(round.closes_at));
  const [reason, setReason] = useState('');
  return (
    <StepForm
      id="extend"
      lang={lang}
      label={t.extend}
      check={() => ({ ...timeFaults(until, round, lang, 'closes_at'), ...required({ reason: [t.reason, reason] }, lang) })}
      send={() =>
        act(t.extended, () => command('/rounds', round, 'extend', { closes_at: momentOf(until), reason: reason.trim() }))
      }
    >
      {(slot) => (
        <>
          <p class="mw-quiet">{t.extendHint}</p>
          <TextField
            {...slot('closes_at')}
            label={t.until}
            hint={t.untilHint(moment(round.closes_at, lang))}
            type="datetime-local"
            short
            value={until}
            onValue={setUntil}
          />
          <AreaField {...slot('reason')} label={t.reason} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

const GrantForm = ({ round, lang, act }: ManageProps) => {
  const t = texts(lang);
  const [which, setWhich] = useState('');
  const [until, setUntil] = useState('');
  const [ground, setGround] = useState('');
  const [reason, setReason] = useState('');
  const id = uuid.exec(which)?.[0]?.toLowerCase();
  const check = (): Faults => ({
    ...(id ? {} : { initiative_id: t.notId }),
    ...timeFaults(until, round, lang, 'until'),
    ...required({ ground: [t.ground, ground], reason: [t.inWords, reason] }, lang),
  });
  const send = () =>
    act(t.granted, () =>
      create('/extensions', { initiative_id: id, until: momentOf(until), ground, reason: reason.trim() }),
    );
  return (
    <StepForm id="grant" lang={lang} label={t.grant} check={check} send={send}>
      {(slot) => (
        <>
          <p class="mw-quiet">{t.grantHint}</p>
          <TextField {...slot('initiative_id')} label={t.which} hint={t.whichHint} value={which} onValue={setWhich} />
          <TextField
            {...slot('until')}
            label={t.personal}
            hint={t.untilHint(moment(round.closes_at, lang))}
            type="datetime-local"
            short
            value={until}
            onValue={setUntil}
          />
          <SelectField
            {...slot('ground')}
            label={t.ground}
            options={optionsOf('extension_ground', lang)}
            value={ground}
            onValue={setGround}
          />
          <AreaField {...slot('reason')} label={t.inWords} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};

const Granted = ({ round, lang }: Omit<ManageProps, 'act'>) => {
  const t = texts(lang);
  const [all, setAll] = useState<Extension[]>([]);
  useEffect(() => {
    getAll<Extension>('/extensions', { roundId: round.id }).then(setAll, () => setAll([]));
  }, [round.id, round.extensions]);
  if (all.length === 0) return null;
  return (
    <>
      <Heading level={3} look={4}>
        {t.list}
      </Heading>
      <ul class="mw-checks">
        {all.map((one, at) => (
          <li key={one.id}>
            <A href={`${link('/initiatief/', lang)}?id=${one.initiative_id}`}>{`${t.application} ${at + 1}`}</A>{' '}
            {t.given(moment(one.until ?? round.closes_at, lang), word('extension_ground', one.ground, lang))}
            <p class="mw-quiet">{one.reason}</p>
          </li>
        ))}
      </ul>
    </>
  );
};

export const Manage = (props: ManageProps) => {
  const { round, lang, act } = props;
  const t = texts(lang);
  const gives = round.state === 'open' || round.state === 'screening';
  return (
    <>
      <div class="mw-steps">
        {may(round, 'extend') && <ExtendForm {...props} />}
        {gives && <GrantForm key={round.extensions} {...props} />}
        {may(round, 'cancel') && (
          <ReasonForm
            id="cancel"
            lang={lang}
            label={t.cancel}
            hint={t.cancelHint}
            send={(reason) => act(t.cancelled, () => command('/rounds', round, 'cancel', { reason }))}
          />
        )}
      </div>
      <Granted round={round} lang={lang} />
    </>
  );
};
