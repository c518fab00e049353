// Steps that people take on a thing: a form that opens under a button, and word of what was done.
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Me } from '../gen/api';
import type { Fault } from './api';
import { AreaField, FaultSummary, useDoing, type Faults } from './form';
import { dictionary, shared, type Lang } from './i18n';
import { Alert, Button, FaultAlert, Hidden } from './ui';

const texts = dictionary(
  {
    reason: 'Waarom?',
    reasonHint: 'De andere partij leest dit.',
    tooShort: (least: number) => `Geef een reden van minstens ${least} tekens.`,
  },
  {
    reason: 'Why?',
    reasonHint: 'The other party reads this.',
    tooShort: (least: number) => `Give a reason of at least ${least} characters.`,
  },
);

// The name of the thing in the title of the window, by which tabs of one kind are told apart.
export const useTitle = (name: string, lang: Lang) =>
  useEffect(() => {
    document.title = `${name} - ${shared(lang).site}`;
  }, [name]);

// Does something and reads anew what may have changed; `Telling` also says what was done.
export type Acting = (work: () => Promise<unknown>) => Promise<void>;
export type Telling = (said: string, work: () => Promise<unknown>) => Promise<void>;

// Says what was just done, and takes focus, since the button that did it is often gone.
export const Done = ({ text }: { text: string }) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (text) box.current?.focus();
  }, [text]);
  return (
    <div class="mw-done" ref={box} tabIndex={-1}>
      {text && (
        <Alert kind="ok">
          <p>{text}</p>
        </Alert>
      )}
    </div>
  );
};

// What a form may be told: a field's own id, and the fault to show at it.
export interface Slot {
  name: string;
  lang: Lang;
  fault: string | undefined;
}

interface StepFormProps {
  id: string;
  lang: Lang;
  label: string; // opens the form
  about?: string; // what it is done to, for who cannot see the context
  submit?: string; // sends it; the label when absent
  open?: boolean;
  check?: () => Faults; // faults that need no server, by the path of the field
  send: () => Promise<unknown>;
  children: (slot: (path: string) => Slot) => ComponentChildren;
}

const prefixed = (id: string, faults: Faults): Faults =>
  Object.fromEntries(Object.entries(faults).map(([path, text]) => [`${id}-${path}`, text]));

const ofServer = (fault: Fault | undefined): Faults =>
  Object.fromEntries((fault?.errors ?? []).map(({ path, reason }) => [path, reason]));

export const StepForm = (props: StepFormProps) => {
  const { id, lang, label, about, submit, open, check, send, children } = props;
  const [found, setFound] = useState<Faults>({});
  const doing = useDoing();
  const faults = useMemo(() => prefixed(id, found), [id, found]);

  const onSubmit = async (event: Event) => {
    event.preventDefault();
    const own = check?.() ?? {};
    setFound(own);
    if (Object.keys(own).length > 0) return;
    await doing.run(send);
  };
  useEffect(() => setFound(ofServer(doing.fault)), [doing.fault]);

  const slot = (path: string): Slot => ({
    name: `${id}-${path}`,
    lang,
    fault: faults[`${id}-${path}`],
  });
  return (
    <details class="mw-step" open={open}>
      <summary class="mw-step__open">
        {label}
        {about && <Hidden>: {about}</Hidden>}
      </summary>
      <form class="mw-step__form" noValidate onSubmit={(event) => void onSubmit(event)}>
        <FaultSummary faults={faults} lang={lang} />
        {doing.fault && doing.fault.errors.length === 0 && (
          <FaultAlert fault={doing.fault} lang={lang} />
        )}
        {children(slot)}
        <Button submit disabled={doing.busy}>
          {submit ?? label}
        </Button>
      </form>
    </details>
  );
};

interface ReasonFormProps {
  id: string;
  lang: Lang;
  label: string;
  about?: string;
  least?: number; // characters; 3 when absent
  ask?: string; // what is asked for, where it is not why
  hint?: string; // who reads it, where it is not the other party
  send: (reason: string) => Promise<unknown>;
}

export const ReasonForm = ({ send, least = 3, ask, hint, ...props }: ReasonFormProps) => {
  const t = texts(props.lang);
  const [reason, setReason] = useState('');
  const check = (): Faults => (reason.trim().length < least ? { reason: t.tooShort(least) } : {});
  return (
    <StepForm {...props} check={check} send={() => send(reason.trim())}>
      {(slot) => (
        <AreaField
          {...slot('reason')}
          label={ask ?? t.reason}
          hint={hint ?? t.reasonHint}
          value={reason}
          onValue={setReason}
        />
      )}
    </StepForm>
  );
};

// Whether the caller has this role for the organisation that they act for.
export const acts = (who: Me, role: string) =>
  who.roles?.some((one) => one.toUpperCase() === role) ?? false;

// Whole units as people type them, "1.000", "1,000" or "1 000"; undefined when it is no such number.
export const countOf = (text: string): number | undefined => {
  const plain = text.replace(/[\s.]|,(?=\d{3}(?!\d))/g, '');
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined;
};

// Cents of an amount as people type it: "€ 1.250,50", "1,250.50", "1250.5" and "1250" are all read.
export const centsOf = (text: string): number | undefined => {
  const written = text.replace(/[\s€]/g, '');
  const bare = /^\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(written) ? written.replace(/,/g, '') : written;
  const plain =
    bare.includes(',') || /\.\d{3}(\D|$)/.test(bare)
      ? bare.replace(/\./g, '').replace(',', '.')
      : bare;
  return /^\d{1,10}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : undefined;
};

// Faults for what is empty, each with the label of its field: a summary shows them far from it.
export const required = (
  fields: Record<string, readonly [label: string, value: string]>,
  lang: Lang,
): Faults =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, [, value]]) => value.trim() === '')
      .map(([path, [label]]) => [path, `${label}: ${shared(lang).required.toLowerCase()}`]),
  );
