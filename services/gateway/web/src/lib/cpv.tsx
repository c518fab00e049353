// Choosing CPV codes by ordinary word: search, tick, and what was ticked stands on top.
import { useEffect, useState } from 'preact/hooks';
import type { CpvCode, CpvPage } from '../gen/api';
import { get } from './api';
import { dictionary, type Lang } from './i18n';
import { Icon } from './ui';

const texts = dictionary(
  {
    hint:
      'Wij gebruiken CPV-codes, dezelfde als bij TenderNed. Zoek op een gewoon woord; de code ' +
      'vullen wij in.',
    search: 'Zoek een onderwerp',
    chosen: 'Gekozen onderwerpen',
    remove: (name: string) => `Verwijder ${name}`,
    found: (count: number) =>
      count === 1 ? '1 onderwerp gevonden' : `${count} onderwerpen gevonden`,
    subjects: 'Onderwerpen',
  },
  {
    hint:
      'We use CPV codes, the same as TenderNed. Search by an ordinary word; we fill in the ' +
      'code.',
    search: 'Search a subject',
    chosen: 'Chosen subjects',
    remove: (name: string) => `Remove ${name}`,
    found: (count: number) => (count === 1 ? '1 subject found' : `${count} subjects found`),
    subjects: 'Subjects',
  },
);

export const cpvName = (code: CpvCode, lang: Lang) => (lang === 'en' ? code.name_en : code.name);

// What fits the words, asked when the typing pauses.
const useCodes = (words: string): CpvCode[] => {
  const [codes, setCodes] = useState<CpvCode[]>([]);
  useEffect(() => {
    const late = new AbortController();
    const timer = setTimeout(() => {
      get<CpvPage>('/cpv-codes', { q: words.trim() || undefined, limit: 20 }, late.signal).then(
        ({ items }) => setCodes(items),
        () => undefined,
      );
    }, 200);
    return () => {
      late.abort();
      clearTimeout(timer);
    };
  }, [words]);
  return codes;
};

interface CpvFieldProps {
  name: string;
  label: string;
  lang: Lang;
  fault?: string;
  most: number;
  chosen: readonly CpvCode[];
  onChosen: (codes: CpvCode[]) => void;
}

export const CpvField = ({ name, label, lang, fault, most, chosen, onChosen }: CpvFieldProps) => {
  const t = texts(lang);
  const [words, setWords] = useState('');
  const codes = useCodes(words);
  const isChosen = (code: CpvCode) => chosen.some((one) => one.code === code.code);
  const without = (code: CpvCode) => chosen.filter((one) => one.code !== code.code);
  const toggle = (code: CpvCode) =>
    onChosen(isChosen(code) ? without(code) : [...chosen, code].slice(-most));
  return (
    <fieldset
      class={`mw-field mw-fieldset ${fault ? 'is-invalid' : ''}`}
      id={name}
      tabIndex={-1}
      aria-describedby={fault ? `${name}-hint ${name}-fault` : `${name}-hint`}
    >
      <legend class="utrecht-form-label">{label}</legend>
      <p class="utrecht-form-field-description" id={`${name}-hint`}>
        {t.hint}
      </p>
      {fault && (
        <p class="utrecht-form-field-error-message" id={`${name}-fault`}>
          {fault}
        </p>
      )}
      {chosen.length > 0 && (
        <ul class="mw-chosen" aria-label={t.chosen}>
          {chosen.map((code) => (
            <li key={code.code}>
              {cpvName(code, lang)}
              <button
                type="button"
                aria-label={t.remove(cpvName(code, lang))}
                onClick={() => onChosen(without(code))}
              >
                <Icon n="x" size={18} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <label class="utrecht-form-label mw-cpv__label" for={`${name}-search`}>
        {t.search}
      </label>
      <input
        class="utrecht-textbox"
        id={`${name}-search`}
        type="search"
        autoComplete="off"
        maxLength={100}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      <p role="status" class="mw-cpv__count">
        {t.found(codes.length)}
      </p>
      <div class="mw-cpv__list" tabIndex={0} role="group" aria-label={t.subjects}>
        {codes.map((code) => (
          <label class="mw-check mw-cpv__code" key={code.code}>
            <input
              type={most === 1 ? 'radio' : 'checkbox'}
              name={`${name}-choice`}
              class={most === 1 ? 'mw-radio' : 'utrecht-checkbox'}
              checked={isChosen(code)}
              onChange={() => toggle(code)}
            />
            <span>
              <b>{cpvName(code, lang)}</b>
              <small>
                {code.parent_name} <span class="mw-cpv__number">{code.code}</span>
              </small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};
