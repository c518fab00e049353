// Forms that were not sent yet, kept in this browser: per account and form, for thirty days, and gone when that account logs out.
// What nobody in particular wrote is kept as long as the tab is open, and is theirs once they log in.
const prefix = 'meerwaarde-draft:';
const most_age = 30 * 86_400_000;

interface Kept<T> {
  at: number;
  form: T;
}

const placeOf = (account: string | undefined, form: string) => `${prefix}${account ?? ''}:${form}`;
const storeOf = (account: string | undefined) => (account ? localStorage : sessionStorage);

const read = <T>(store: Storage, place: string, now: number): Kept<T> | undefined => {
  try {
    const kept = JSON.parse(store.getItem(place) ?? 'null') as Kept<T> | null;
    return kept && now - kept.at < most_age ? kept : undefined;
  } catch {
    return undefined; // not ours
  }
};

export const keptForm = <T>(account: string | undefined, form: string, now = Date.now()) => {
  const own = read<T>(storeOf(account), placeOf(account, form), now);
  return own ?? (account ? read<T>(sessionStorage, placeOf(undefined, form), now) : undefined);
};

// A browser that is full or forbids it keeps nothing; the form still works.
export const keepForm = <T>(account: string | undefined, form: string, what: T, now = Date.now()) => {
  try {
    storeOf(account).setItem(placeOf(account, form), JSON.stringify({ at: now, form: what }));
  } catch {
    return;
  }
};

export const dropForm = (account: string | undefined, form: string) => {
  storeOf(account).removeItem(placeOf(account, form));
  sessionStorage.removeItem(placeOf(undefined, form));
};

// At log-out: nothing that somebody wrote stays behind on a computer that others use too.
export const dropAllForms = () => {
  for (const store of [localStorage, sessionStorage])
    for (const place of Object.keys(store)) if (place.startsWith(prefix)) store.removeItem(place);
};
