// Units of lines as people type them: how many of each, no more than there are, and at least one of something.
import { useState } from 'preact/hooks';
import { TextField, type Faults } from '../lib/form';
import { dictionary, number, type Lang } from '../lib/i18n';
import { countOf, type Slot } from '../lib/step';

const texts = dictionary(
  {
    nothing: 'Vul bij minstens één regel een aantal in.',
    notCount: 'Vul een heel getal in, bijvoorbeeld 25.',
    tooMany: (most: string) => `Niet meer dan ${most}.`,
    most: (most: string) => `Hoogstens ${most}.`,
  },
  {
    nothing: 'Give a quantity for at least one line.',
    notCount: 'Give a whole number, for example 25.',
    tooMany: (most: string) => `No more than ${most}.`,
    most: (most: string) => `At most ${most}.`,
  },
);

export interface UnitLine {
  id: string;
  what: string;
  unit: string;
  most?: number; // any when absent
  first?: number; // what stands there to begin with
  signed?: boolean; // fewer is possible, as -3
}

const signedOf = (text: string): number | undefined => {
  const bare = text.trim().replace(/^[-−]/, '');
  const count = countOf(bare);
  return count === undefined ? undefined : bare === text.trim() ? count : -count;
};

export const useUnits = (lines: readonly UnitLine[], lang: Lang) => {
  const t = texts(lang);
  const [typed, setTyped] = useState(lines.map(({ first }) => (first ? String(first) : '')));
  const counted = lines.map((line, at) => {
    const text = (typed[at] ?? '').trim();
    return text === '' ? 0 : line.signed ? signedOf(text) : countOf(text);
  });
  const chosen = lines.flatMap(({ id }, at) => {
    const quantity = counted[at];
    return quantity ? [{ id, quantity }] : [];
  });
  const faults = (): Faults => {
    const wrong = lines.flatMap(({ most }, at): [string, string][] => {
      const count = counted[at];
      if (count === undefined) return [[`units${at}`, t.notCount]];
      return most !== undefined && count > most ? [[`units${at}`, t.tooMany(number(most, lang))]] : [];
    });
    if (wrong.length > 0) return Object.fromEntries(wrong);
    return chosen.length > 0 ? {} : { units0: t.nothing };
  };
  const set = (at: number, text: string) => setTyped(typed.with(at, text));
  return { lines, typed, set, chosen, faults };
};

interface FieldsProps {
  units: ReturnType<typeof useUnits>;
  slot: (path: string) => Slot;
  label: (what: string) => string;
  lang: Lang;
}

export const UnitFields = ({ units, slot, label, lang }: FieldsProps) => (
  <>
    {units.lines.map((line, at) => (
      <TextField
        key={line.id}
        {...slot(`units${at}`)}
        label={label(line.what)}
        hint={
          line.most === undefined ? line.unit : texts(lang).most(`${number(line.most, lang)} ${line.unit}`)
        }
        short
        value={units.typed[at] ?? ''}
        onValue={(text) => units.set(at, text)}
      />
    ))}
  </>
);
