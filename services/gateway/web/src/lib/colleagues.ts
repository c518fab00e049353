// People of the caller's organisation, by name: an account number says nothing to anybody.
import { useEffect, useState } from 'preact/hooks';
import type { Colleague } from '../gen/api';
import { getAll } from './api';

// The name of an account; undefined of somebody who is no colleague (any more), and until names are known.
export const useColleagues = () => {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    getAll<Colleague>('/colleagues').then(
      (all) => setNames(new Map(all.map(({ account_id, name }) => [account_id, name]))),
      () => undefined,
    );
  }, []);
  return (account: string | undefined) => names.get(account ?? '');
};
