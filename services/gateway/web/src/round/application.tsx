// The application of an initiative: one form that saves itself while it is written, and is handed in when it is complete.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Extension, Initiative, Round } from '../gen/api';
import { Fault, command, get, getAll, may, replace, type Stored } from '../lib/api';
import { useAutosave, type Kept } from '../lib/autosave';
import { FaultSummary, useDoing, type Faults } from '../lib/form';
import { dictionary, moment, type Lang } from '../lib/i18n';
import { Clashes, SavingLine } from '../lib/saving';
import type { Slot } from '../lib/step';
import { Button, FaultAlert } from '../lib/ui';
import { Documents, Money, People, Questions, What, labelsOf } from './application-fields';
import { bodyOf, draftOf, faultsOf, unfinished, type Draft } from './draft';

const texts = dictionary(
  {
    title: 'Uw aanvraag',
    until: (when: string) => `Indienen kan tot en met ${when}.`,
    finish: 'Indienen',
    final: 'Na het indienen kunt u niets meer wijzigen. Het programma kan u wel iets vragen.',
    number: 'Meer tijd nodig? Vraag het programma om uitstel, en geef dit nummer:',
    along: 'U schrijft mee. Indienen doet de aanvrager.',
    submitted: 'Uw initiatief is ingediend. Hieronder staat uw ontvangstbewijs.',
    unsaved: 'Niet ingediend: uw tekst kon niet worden opgeslagen.',
  },
  {
    title: 'Your application',
    until: (when: string) => `Submitting is possible until ${when}.`,
    finish: 'Submit',
    final: 'Once submitted you cannot change anything. The programme may ask you something.',
    number: 'In need of more time? Ask the programme, and give this number:',
    along: 'You write along. The applicant submits.',
    submitted: 'Your initiative is submitted. Your receipt is below.',
    unsaved: 'Not submitted: your text could not be saved.',
  },
);

const prefix = 'application';

interface ApplicationProps {
  draft: Stored<Initiative>;
  round: Round;
  lang: Lang;
  submitted: (said: string) => Promise<void>;
}

// Until when this applicant may submit, where they got more time than the others.
const useMoreTime = ({ id, round_id }: Stored<Initiative>): string | undefined => {
  const [until, setUntil] = useState<string>();
  useEffect(() => {
    getAll<Extension>('/extensions', { roundId: round_id }).then(
      (all) => setUntil(all.filter((one) => one.initiative_id === id).map((one) => one.until).sort().at(-1)),
      () => undefined,
    );
  }, [id]);
  return until;
};

// What came of an initiative's draft, as the form has it.
const keptOf = (one: Stored<Initiative>): Kept<Draft> => ({ form: draftOf(one), version: one.version });

// The id of the field of a fault: a list has one field for all its rows.
const fieldOf = (path: string) => path.replace(/^(co_applicants|documents)\b.*$/, '$1');

export const Application = ({ draft, round, lang, submitted }: ApplicationProps) => {
  const t = texts(lang);
  const more = useMoreTime(draft);
  const leads = may(draft, 'submit');
  const [found, setFound] = useState<Faults>({});
  const doing = useDoing();
  const auto = useAutosave<Draft>({
    name: `aanvraag-${draft.id}`,
    stored: keptOf(draft),
    body: (form, base) => bodyOf(form, base, draft),
    save: async (body, version) => keptOf(await replace<Initiative>(`/initiatives/${draft.id}`, version, body)),
    fetch: async () => keptOf(await get<Stored<Initiative>>(`/initiatives/${draft.id}`)),
    left: (form) => Object.keys(faultsOf(form, lang)).length > 0,
  });
  const { form, fault } = auto;
  const set = (part: Partial<Draft>) => auto.set((before) => ({ ...before, ...part }));
  const faults = useMemo(
    () => Object.fromEntries(Object.entries(found).map(([path, text]) => [`${prefix}-${path}`, text])),
    [found],
  );
  const refused: Faults = Object.fromEntries(
    (auto.saving === 'refused' ? (fault?.errors ?? []) : []).map(({ path, reason }) => [fieldOf(path), reason]),
  );
  const slot = (path: string): Slot => ({ name: `${prefix}-${path}`, lang, fault: found[path] ?? refused[path] });
  const labelOf = labelsOf(round, lang);
  const left = [...new Set(Object.keys(faultsOf(form, lang)).map(labelOf))];

  const submit = async (event: Event) => {
    event.preventDefault();
    const own = unfinished(form, round, lang);
    setFound(own);
    if (Object.keys(own).length > 0) return;
    await doing.run(async () => {
      const version = await auto.flush();
      if (version === undefined) throw new Fault(0, 'unsaved', t.unsaved);
      try {
        await command('/initiatives', { id: draft.id, version }, 'submit');
      } catch (thrown) {
        if (thrown instanceof Fault)
          setFound(Object.fromEntries(thrown.errors.map(({ path, reason }) => [fieldOf(path), reason])));
        throw thrown;
      }
      await submitted(t.submitted);
    });
  };
  const part = { form, set, update: auto.set, slot, lang };
  return (
    <form class="mw-application" noValidate onSubmit={(event) => void submit(event)} aria-label={t.title}>
      <p>{t.until(moment(more && more > round.closes_at ? more : round.closes_at, lang))}</p>
      <FaultSummary faults={faults} lang={lang} />
      {doing.fault && doing.fault.errors.length === 0 && <FaultAlert fault={doing.fault} lang={lang} />}
      <Clashes clashes={auto.clashes} label={labelOf} lang={lang} dismiss={auto.dismiss} />
      <What {...part} />
      <Questions {...part} round={round} />
      <Money {...part} />
      <Documents {...part} round={round} />
      {leads && <People {...part} known={draft.co_applicants ?? []} />}
      <div class="mw-finish">
        <SavingLine of={auto} left={left} lang={lang} />
        {leads ? (
          <Button submit disabled={doing.busy}>
            {t.finish}
          </Button>
        ) : (
          <p class="mw-quiet">{t.along}</p>
        )}
      </div>
      {leads && (
        <>
          <p class="mw-quiet">{t.final}</p>
          <p class="mw-quiet">
            {t.number} <code>{draft.id}</code>
          </p>
        </>
      )}
    </form>
  );
};
