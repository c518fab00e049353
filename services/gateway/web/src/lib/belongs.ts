// What belongs to a thing: from the thing along every list that can be asked by the id of one that was found, as far as the caller may
// read it. Which lists those are follows from proto/.
import { parts } from '../gen/words';
import { all } from './all';
import { me } from './api';

interface Thing {
  id: string;
}

interface Found {
  subjects: string[]; // <noun>/<id>, the thing itself first
  names: Record<string, string | undefined>; // of organisations, as the records have them
}

const sides = ['buyer', 'supplier', 'handler'];

const namesIn = (record: object): [string, string][] =>
  sides.flatMap((side) => {
    const { [`${side}_id`]: id, [`${side}_name`]: name } = record as Record<string, unknown>;
    return typeof id === 'string' && typeof name === 'string' ? [[id, name] as [string, string]] : [];
  });

export const namesOf = (things: readonly object[]): Found['names'] =>
  Object.fromEntries(things.flatMap(namesIn));

// What the caller may not ask for is as if it were not there.
const listed = (path: string, by: string, id: string): Promise<Thing[]> =>
  all<Thing>(path, { [by]: id }).catch(() => []);

const next = async (noun: string, id: string): Promise<[string, Thing][]> => {
  const lists = parts.filter(([of]) => of === noun);
  const found = await Promise.all(
    lists.map(async ([, part, path, by]) =>
      (await listed(path, by, id)).map((one): [string, Thing] => [part, one]),
    ),
  );
  return found.flat();
};

export const belongsTo = async (noun: string, thing: Thing): Promise<Found> => {
  const found = new Map<string, Thing>();
  let fresh: [string, Thing][] = [[noun, thing]];
  const { account_id: asks } = await me();
  if (!asks) return { subjects: [`${noun}/${thing.id}`], names: namesOf([thing]) };
  while (fresh.length > 0) {
    fresh = fresh.filter(([of, one]) => !found.has(`${of}/${one.id}`));
    for (const [of, one] of fresh) found.set(`${of}/${one.id}`, one);
    fresh = (await Promise.all(fresh.map(([of, one]) => next(of, one.id)))).flat();
  }
  return {
    subjects: [...found.keys()],
    names: namesOf([...found.values()]),
  };
};
