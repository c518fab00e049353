// Forms: fields with hint and fault, a summary of faults that takes focus, and buttons that act.
import type { ComponentChildren, Ref, TargetedMouseEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { faultOf, type Fault } from './api';
import { shared, word, wordsOf, type Lang, type WordList } from './i18n';
import { Button, FaultAlert, Heading } from './ui';

export type Faults = Record<string, string>;

export interface FieldProps {
  name: string;
  label: string;
  lang: Lang;
  hint?: string;
  fault?: string;
  optional?: boolean;
}

const describedBy = ({ name, hint, fault }: FieldProps) =>
  [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ') || undefined;

const control = (field: FieldProps, kind: string) => ({
  id: field.name,
  name: field.name,
  class: `utrecht-${kind} ${field.fault ? `utrecht-${kind}--invalid` : ''}`,
  'aria-invalid': field.fault ? ('true' as const) : undefined,
  'aria-describedby': describedBy(field),
});

const Field = (props: FieldProps & { children: ComponentChildren }) => (
  <div class={`utrecht-form-field mw-field ${props.fault ? 'is-invalid' : ''}`}>
    <label class="utrecht-form-label" for={props.name}>
      {props.label} {props.optional && <small>{shared(props.lang).optional}</small>}
    </label>
    <Hint {...props} />
    {props.children}
  </div>
);

const Hint = ({ name, hint, fault }: { name: string; hint?: string; fault?: string }) => (
  <>
    {hint && (
      <div class="utrecht-form-field-description" id={`${name}-hint`}>
        {hint}
      </div>
    )}
    {fault && (
      <div class="utrecht-form-field-error-message" id={`${name}-fault`}>
        {fault}
      </div>
    )}
  </>
);

interface GroupProps extends FieldProps {
  box?: Ref<HTMLFieldSetElement>;
  children: ComponentChildren;
}

// Fields that belong together, with a hint and a fault of the whole.
export const FieldGroup = ({ box, children, ...field }: GroupProps) => (
  <fieldset
    class={`mw-field mw-fieldset ${field.fault ? 'is-invalid' : ''}`}
    id={field.name}
    ref={box}
    tabIndex={-1}
    aria-describedby={describedBy(field)}
  >
    <legend class="utrecht-form-label">
      {field.label} {field.optional && <small>{shared(field.lang).optional}</small>}
    </legend>
    <Hint {...field} />
    {children}
  </fieldset>
);

interface TextProps extends FieldProps {
  value: string;
  onValue: (value: string) => void;
  type?: 'text' | 'email' | 'password' | 'date' | 'datetime-local' | 'search' | 'number';
  autoComplete?: string;
  short?: boolean;
}

// Preact types an input by one literal type at a time, hence the narrowing of `type`.
export const TextField = ({ value, onValue, type = 'text', ...field }: TextProps) => (
  <Field {...field}>
    <input
      {...control(field, 'textbox')}
      class={`${control(field, 'textbox').class} ${field.short ? 'mw-short' : ''}`}
      type={type as 'text'}
      value={value}
      autoComplete={field.autoComplete ?? 'off'}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  </Field>
);

interface FileProps extends FieldProps {
  accept: string;
  onFile: (file: File | undefined) => void;
}

// One file that is sent with the form; what is kept as a document is uploaded (upload.tsx).
export const FileField = ({ accept, onFile, ...field }: FileProps) => (
  <Field {...field}>
    <input
      {...control(field, 'textbox')}
      type="file"
      accept={accept}
      onChange={(event) => onFile(event.currentTarget.files?.[0])}
    />
  </Field>
);

interface AreaProps extends FieldProps {
  value: string;
  onValue: (value: string) => void;
  rows?: number;
}

export const AreaField = ({ value, onValue, rows = 4, ...field }: AreaProps) => (
  <Field {...field}>
    <textarea
      {...control(field, 'textarea')}
      rows={rows}
      value={value}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  </Field>
);

export type Option = readonly [value: string, label: string];

// The words of a closed list.
export const optionsOf = (list: WordList, lang: Lang): Option[] =>
  wordsOf(list).map((key) => [key, word(list, key, lang)] as const);

interface SelectProps extends FieldProps {
  value: string;
  onValue: (value: string) => void;
  options: readonly Option[];
  none?: string; // what it says when nothing is chosen, where that means something
}

export const SelectField = ({ value, onValue, options, none, ...field }: SelectProps) => (
  <Field {...field}>
    <select
      {...control(field, 'select')}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
    >
      <option value="">{none ?? shared(field.lang).choose}</option>
      {options.map(([key, label]) => (
        <option key={key} value={key} selected={key === value}>
          {label}
        </option>
      ))}
    </select>
  </Field>
);

interface CheckProps {
  label: string;
  about?: string; // what it is ticked of, for who cannot see the context
  on: boolean;
  set: (on: boolean) => void;
}

// One box to tick.
export const Check = ({ label, about, on, set }: CheckProps) => (
  <label class="mw-check">
    <input
      type="checkbox"
      class="utrecht-checkbox"
      checked={on}
      aria-label={about && `${label}: ${about}`}
      onChange={(event) => set(event.currentTarget.checked)}
    />
    <span>{label}</span>
  </label>
);

interface ChecksProps extends FieldProps {
  values: readonly string[];
  onValues: (values: string[]) => void;
  options: readonly Option[];
  columns?: boolean; // for long lists
}

const toggled = (values: readonly string[], key: string) =>
  values.includes(key) ? values.filter((one) => one !== key) : [...values, key];

export const ChecksField = ({ values, onValues, options, columns, ...field }: ChecksProps) => (
  <FieldGroup {...field}>
    <div class={columns ? 'mw-columns' : ''}>
      {options.map(([key, label]) => (
        <Check key={key} label={label} on={values.includes(key)} set={() => onValues(toggled(values, key))} />
      ))}
    </div>
  </FieldGroup>
);

// The list of what is wrong, on top of a form. It takes focus when faults come, and says so in the
// title of the page, because a screen reader starts there.
export const FaultSummary = ({ faults, lang }: { faults: Faults; lang: Lang }) => {
  const box = useRef<HTMLDivElement>(null);
  const list = Object.entries(faults);
  const t = shared(lang);
  useEffect(() => {
    const prefix = `${t.errorTitle} `;
    const plain = document.title.replace(prefix, '');
    document.title = list.length > 0 ? prefix + plain : plain;
    if (list.length > 0) box.current?.focus();
  }, [faults]);
  if (list.length === 0) return null;
  return (
    <div class="mw-faults" role="alert" tabIndex={-1} ref={box}>
      <Heading level={2} look={4}>
        {t.checkAnswers}
      </Heading>
      <ul>
        {list.map(([name, text]) => (
          <li key={name}>
            <a class="nl-link" href={`#${name}`} onClick={(event) => goTo(event, name)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
};

const goTo = (event: TargetedMouseEvent<HTMLAnchorElement>, name: string) => {
  const field = document.getElementById(name);
  if (!field) return;
  event.preventDefault();
  field.focus();
};

// The server's faults, by the name of the field: the first part of the path.
export const faultsOf = (fault: Fault): Faults =>
  Object.fromEntries(fault.errors.map(({ path, reason }) => [path.split(/[.[]/)[0] ?? '', reason]));

export interface Doing {
  busy: boolean;
  fault: Fault | undefined;
  run: (work: () => Promise<unknown>) => Promise<boolean>; // true when it was done
  forget: () => void;
}

// One thing at a time that may fail: `run` keeps the fault for showing.
export const useDoing = (): Doing => {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault>();
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setFault(undefined);
    try {
      await work();
      return true;
    } catch (thrown) {
      setFault(faultOf(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, run, forget: () => setFault(undefined) };
};

interface ActProps {
  lang: Lang;
  label: string;
  kind?: 'primary' | 'secondary' | 'subtle';
  about?: string; // what it is done to, for who cannot see the context
  act: () => Promise<unknown>;
}

// A button that does something at once and shows beside it why it could not.
export const Act = ({ lang, label, kind = 'primary', about, act }: ActProps) => {
  const doing = useDoing();
  return (
    <div class="mw-act">
      <Button kind={kind} disabled={doing.busy} onClick={() => void doing.run(act)}>
        {label}
        {about && <span class="mw-hidden">: {about}</span>}
      </Button>
      {doing.fault && <FaultAlert fault={doing.fault} lang={lang} />}
    </div>
  );
};
