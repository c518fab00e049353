// A list of the API as a whole: page after page, for lists that are shown or counted in full.
import { get, type Stored } from './api';

interface Page<T> {
  items: Stored<T>[];
  next?: string;
}

type Query = Record<string, string | number>;

export const all = async <T>(path: string, query: Query): Promise<Stored<T>[]> => {
  const found: Stored<T>[] = [];
  let cursor: string | undefined;
  do {
    const asked: Query = { ...query, limit: 100, ...(cursor ? { cursor } : {}) };
    const page: Page<T> = await get<Page<T>>(path, asked);
    found.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return found;
};
