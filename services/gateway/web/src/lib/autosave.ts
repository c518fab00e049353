// A form that saves itself: on the server a moment after the last key, and in this browser at once, so that neither a lost
// connection nor a closed laptop loses a word. What others saved meanwhile is put together with it, field by field.
import { useEffect, useRef, useState } from 'preact/hooks';
import { faultOf, me, type Fault } from './api';
import { dropForm, keepForm, keptForm } from './draft-store';

const pauseOf = { keys: 1_200, most: 10_000, retry: 10_000 }; // milliseconds
const most_tries = 3;

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export interface Clash {
  path: string;
  theirs: unknown;
}

// What I changed since `base` is as I have it, all else as they have it; where both changed it, `clash` hears what they had.
export const merged = <F extends object>(base: F, mine: F, theirs: F, clash: (one: Clash) => void, above = ''): F => {
  const out: Plain = {};
  const [was, own, others] = [base as Plain, mine as Plain, theirs as Plain];
  for (const key of new Set([...Object.keys(own), ...Object.keys(others)])) {
    const path = above ? `${above}.${key}` : key;
    const [before, here, there] = [was[key], own[key], others[key]];
    if (isPlain(here) && isPlain(there)) {
      out[key] = merged(isPlain(before) ? before : {}, here, there, clash, path);
    } else if (same(here, before)) {
      out[key] = there;
    } else {
      out[key] = here;
      if (!same(there, before) && !same(there, here)) clash({ path, theirs: there });
    }
  }
  return out as F;
};

export interface Kept<F> {
  form: F;
  version: number;
}

interface Local<F> extends Kept<F> {
  base: F;
}

interface Autosaving<F> {
  name: string; // tells forms apart in this browser
  stored: Kept<F>; // as the server has it
  body: (form: F, base: F) => object; // what is sent of it; what cannot be sent yet is as it was in `base`
  save: (body: object, version: number) => Promise<Kept<F>>;
  fetch: () => Promise<Kept<F>>;
  left: (form: F) => boolean; // something of it cannot be sent yet
}

export type Saving = 'idle' | 'waiting' | 'saving' | 'saved' | 'offline' | 'refused';

export interface Autosave<F> {
  form: F;
  set: (change: (before: F) => F) => void;
  saving: Saving;
  savedAt: string | undefined;
  fault: Fault | undefined;
  clashes: Clash[];
  dismiss: () => void;
  restored: boolean;
  flush: () => Promise<number | undefined>; // the version in which all is on the server; undefined: it is not
}

const isAway = (fault: Fault) => fault.status === 0 || fault.status === 429 || fault.status >= 500;

export const useAutosave = <F extends object>(of: Autosaving<F>): Autosave<F> => {
  const now = useRef({ form: of.stored.form, base: of.stored.form, version: of.stored.version });
  const account = useRef<string | undefined>(undefined);
  const running = useRef<Promise<boolean> | undefined>(undefined);
  const timer = useRef(0);
  const since = useRef(0); // when the first word came that is not saved
  const [form, setForm] = useState(of.stored.form);
  const [saving, setSaving] = useState<Saving>('idle');
  const [savedAt, setSavedAt] = useState<string>();
  const [fault, setFault] = useState<Fault>();
  const [clashes, setClashes] = useState<Clash[]>([]);
  const [restored, setRestored] = useState(false);

  const bodyNow = () => of.body(now.current.form, now.current.base);
  const isDirty = () => !same(bodyNow(), of.body(now.current.base, now.current.base));
  const keepHere = () => {
    if (isDirty() || of.left(now.current.form)) keepForm<Local<F>>(account.current, of.name, now.current);
    else dropForm(account.current, of.name);
  };
  const take = (theirs: Kept<F>) => {
    const found: Clash[] = [];
    const together = merged(now.current.base, now.current.form, theirs.form, (one) => found.push(one));
    now.current = { form: together, base: theirs.form, version: theirs.version };
    setForm(together);
    setClashes((before) => [...before, ...found]);
  };

  const attempt = async (tries: number): Promise<boolean> => {
    const sent = bodyNow();
    try {
      const kept = await of.save(sent, now.current.version);
      now.current = { ...now.current, base: kept.form, version: kept.version };
      setSavedAt(new Date().toISOString());
      setFault(undefined);
      return isDirty() ? await attempt(most_tries) : true;
    } catch (thrown) {
      const why = faultOf(thrown);
      if (why.status === 412 && tries > 0) {
        take(await of.fetch());
        return attempt(tries - 1);
      }
      throw why;
    }
  };
  const run = async (): Promise<boolean> => {
    if (!isDirty()) return true;
    setSaving('saving');
    try {
      const done = await attempt(most_tries);
      since.current = 0;
      setSaving('saved');
      keepHere();
      return done;
    } catch (thrown) {
      const why = faultOf(thrown);
      setFault(why);
      setSaving(isAway(why) ? 'offline' : 'refused');
      if (isAway(why)) plan(pauseOf.retry);
      return false;
    }
  };
  const start = () => {
    running.current ??= run().finally(() => {
      running.current = undefined;
    });
    return running.current;
  };
  const plan = (wait: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void start(), wait);
  };
  const set = (change: (before: F) => F) => {
    now.current = { ...now.current, form: change(now.current.form) };
    setForm(now.current.form);
    keepHere();
    if (!isDirty()) return;
    since.current ||= Date.now();
    if (!running.current) setSaving('waiting');
    plan(Math.max(0, Math.min(pauseOf.keys, since.current + pauseOf.most - Date.now())));
  };
  const flush = async () => {
    window.clearTimeout(timer.current);
    await running.current;
    return (await start()) ? now.current.version : undefined;
  };

  useEffect(() => {
    void me().then((who) => {
      account.current = who.account_id;
      const local = keptForm<Local<F>>(account.current, of.name)?.form;
      if (since.current || !local || !isPlain(local.form) || !isPlain(local.base)) return;
      now.current = { ...local, version: now.current.version };
      take(of.stored);
      setRestored(true);
      if (isDirty()) plan(0);
    });
    const again = () => void start();
    const hidden = () => document.visibilityState === 'hidden' && void start();
    addEventListener('online', again);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      removeEventListener('online', again);
      document.removeEventListener('visibilitychange', hidden);
      window.clearTimeout(timer.current);
    };
  }, [of.name]);

  return { form, set, saving, savedAt, fault, clashes, dismiss: () => setClashes([]), restored, flush };
};
