// What a form that saves itself says of that: saved when, or what keeps it, and what somebody else wrote meanwhile.
import type { Autosave, Clash } from './autosave';
import { dictionary, type Lang } from './i18n';
import { Alert, Button } from './ui';

const texts = dictionary(
  {
    idle: 'Wat u typt, wordt vanzelf opgeslagen.',
    waiting: 'Nog niet opgeslagen…',
    saving: 'Bezig met opslaan…',
    saved: (at: string) => `Opgeslagen om ${at}`,
    part: (fields: string) => `Nog niet opgeslagen, want het klopt nog niet: ${fields}.`,
    offline: 'Geen verbinding. Uw tekst staat veilig in deze browser en wordt opgeslagen zodra het weer kan.',
    refused: (why: string) => `Niet opgeslagen. ${why} Uw tekst staat nog in deze browser.`,
    restored: 'Wat u eerder typte en nog niet was opgeslagen, is teruggezet.',
    clash: 'Iemand anders schreef hier intussen ook. Uw tekst staat in het formulier; dit schreef de ander:',
    dismiss: 'Gelezen',
  },
  {
    idle: 'What you type saves itself.',
    waiting: 'Not saved yet…',
    saving: 'Saving…',
    saved: (at: string) => `Saved at ${at}`,
    part: (fields: string) => `Not saved yet, as it is not right yet: ${fields}.`,
    offline: 'No connection. Your text is safe in this browser, and is saved as soon as possible.',
    refused: (why: string) => `Not saved. ${why} Your text is still in this browser.`,
    restored: 'What you typed before and was not saved yet is back.',
    clash: 'Somebody else wrote here too meanwhile. Your text is in the form; this is what they wrote:',
    dismiss: 'Read',
  },
);

const clock = (iso: string, lang: Lang) =>
  new Date(iso).toLocaleTimeString(lang === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone: 'Europe/Amsterdam',
    hour: '2-digit',
    minute: '2-digit',
  });

interface SavingProps {
  of: Pick<Autosave<never>, 'saving' | 'savedAt' | 'fault' | 'restored'>;
  left: string[]; // names of the fields that cannot be sent yet
  lang: Lang;
}

export const SavingLine = ({ of, left, lang }: SavingProps) => {
  const t = texts(lang);
  const said = () => {
    if (of.saving === 'refused') return t.refused(of.fault?.message ?? '');
    if (of.saving === 'saved' || of.saving === 'idle') return of.savedAt ? t.saved(clock(of.savedAt, lang)) : t.idle;
    return t[of.saving];
  };
  return (
    <div class={`mw-saving is-${of.saving}`} role="status">
      <p>{said()}</p>
      {left.length > 0 && <p class="mw-quiet">{t.part(left.join(', '))}</p>}
      {of.restored && !of.savedAt && <p class="mw-quiet">{t.restored}</p>}
    </div>
  );
};

interface ClashesProps {
  clashes: Clash[];
  label: (path: string) => string;
  lang: Lang;
  dismiss: () => void;
}

export const Clashes = ({ clashes, label, lang, dismiss }: ClashesProps) => {
  const t = texts(lang);
  if (clashes.length === 0) return null;
  return (
    <Alert>
      <p>{t.clash}</p>
      <ul>
        {clashes.map(({ path, theirs }) => (
          <li key={path}>
            <b>{label(path)}</b>: <span class="mw-long">{typeof theirs === 'string' ? theirs : JSON.stringify(theirs)}</span>
          </li>
        ))}
      </ul>
      <Button kind="subtle" onClick={dismiss}>
        {t.dismiss}
      </Button>
    </Alert>
  );
};
