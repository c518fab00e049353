// Keeps a judgement on the server as somebody goes: one change at a time, always on the newest version.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Judgement, JudgementText } from '../gen/api';
import { faultOf, replace, type Fault, type Stored } from '../lib/api';

const patience = 600; // ms after the last letter

export interface Saving {
  at: string | undefined; // when it was kept last
  waits: boolean; // something is not kept yet
  fault: Fault | undefined;
  keep: (text: Omit<JudgementText, 'id'>, soon?: boolean) => void;
  flush: () => Promise<Stored<Judgement>>; // all is kept; the judgement as it is then
}

export const useSaving = (given: Stored<Judgement>): Saving => {
  const newest = useRef(given);
  const wanted = useRef<Omit<JudgementText, 'id'> | undefined>(undefined);
  const running = useRef<Promise<void> | undefined>(undefined);
  const timer = useRef(0);
  const [at, setAt] = useState<string>();
  const [waits, setWaits] = useState(false);
  const [fault, setFault] = useState<Fault>();

  const sendAll = async () => {
    while (wanted.current) {
      const text = wanted.current;
      wanted.current = undefined;
      try {
        newest.current = await replace<Judgement>(`/judgements/${given.id}`, newest.current.version, text);
        setAt(new Date().toISOString());
        setFault(undefined);
      } catch (thrown) {
        wanted.current ??= text;
        setFault(faultOf(thrown));
        throw thrown;
      }
    }
    setWaits(false);
  };
  const flush = async () => {
    clearTimeout(timer.current);
    running.current ??= sendAll().finally(() => {
      running.current = undefined;
    });
    await running.current;
    return newest.current;
  };
  const quietly = () => void flush().catch(() => undefined);
  const keep = (text: Omit<JudgementText, 'id'>, soon = false) => {
    wanted.current = text;
    setWaits(true);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(quietly, soon ? 0 : patience);
  };
  useEffect(() => {
    const leaving = () => wanted.current && quietly();
    addEventListener('pagehide', leaving);
    return () => removeEventListener('pagehide', leaving);
  }, []);
  return { at, waits, fault, keep, flush };
};
