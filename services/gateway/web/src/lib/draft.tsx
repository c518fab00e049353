// A form that keeps itself in this browser until it is sent or thrown away.
import { useEffect, useRef, useState } from 'preact/hooks';
import { me } from './api';
import { dropForm, keepForm, keptForm } from './draft-store';
import { dictionary, moment, type Lang } from './i18n';
import { Alert, Button } from './ui';

const texts = dictionary(
  {
    restored: (when: string) => `Wat u op ${when} invulde en niet verstuurde, is teruggezet.`,
    drop: 'Weggooien en opnieuw beginnen',
  },
  {
    restored: (when: string) => `What you filled in on ${when} and did not send is back.`,
    drop: 'Throw it away and begin again',
  },
);

export interface Draft<T> {
  form: T;
  set: (part: Partial<T>) => void;
  fill: (part: Partial<T>) => void; // what the page found by itself: nothing to keep, and never over what was kept
  restored: string | undefined; // when it was kept; absent: the form began anew
  found: boolean; // there was something kept: a form that is folded opens
  drop: () => void; // thrown away: the form is as it began
  sent: () => void; // nothing to keep any more
}

// `name` tells forms apart: what it is about, and which version of that it changes. `empty` is how it begins.
export const useDraft = <T extends object>(name: string, empty: T): Draft<T> => {
  const [form, setForm] = useState(empty);
  const [restored, setRestored] = useState<string>();
  const [found, setFound] = useState(false);
  const account = useRef<string | undefined>(undefined);
  const touched = useRef(false);
  useEffect(() => {
    void me().then((who) => {
      account.current = who.account_id;
      const kept = keptForm<T>(account.current, name);
      if (touched.current || !kept) return;
      setForm((now) => ({ ...now, ...kept.form }));
      setRestored(new Date(kept.at).toISOString());
      setFound(true);
    });
  }, [name]);
  const set = (part: Partial<T>) => {
    touched.current = true;
    setForm((now) => {
      const next = { ...now, ...part };
      keepForm(account.current, name, next);
      return next;
    });
  };
  const fill = (part: Partial<T>) =>
    setForm((now) => (touched.current || restored ? now : { ...now, ...part }));
  const sent = () => {
    dropForm(account.current, name);
    setRestored(undefined);
  };
  const drop = () => {
    sent();
    setForm(empty);
  };
  return { form, set, fill, restored, found, drop, sent };
};

export const Restored = ({ draft, lang }: { draft: Draft<never> | Draft<object>; lang: Lang }) => {
  const t = texts(lang);
  return draft.restored ? (
    <Alert>
      <p>{t.restored(moment(draft.restored, lang))}</p>
      <Button kind="subtle" onClick={draft.drop}>
        {t.drop}
      </Button>
    </Alert>
  ) : null;
};
