// What somebody was told, newest first: fetched as far as they ask, and shown in one way.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { faultOf, get, type Fault } from './api';
import { shared, type Lang } from './i18n';
import { Button, FaultAlert, Heading } from './ui';

interface Page<T> {
  items: T[];
  next?: string;
}

// All that was fetched so far of a collection; `more` goes on where that ended.
export function useInbox<T extends { id?: string }>(path: string, limit?: number) {
  const [items, setItems] = useState<T[]>();
  const [next, setNext] = useState<string>();
  const [fault, setFault] = useState<Fault>();
  const load = async (before: T[], cursor?: string) => {
    try {
      const page = await get<Page<T>>(path, { cursor, limit });
      setItems([...before, ...page.items]);
      setNext(page.next);
      setFault(undefined);
    } catch (thrown) {
      setFault(faultOf(thrown));
    }
  };
  useEffect(() => void load([]), []);
  return {
    items,
    fault,
    replace: (fresh: T) =>
      setItems((all) => all?.map((one) => (one.id === fresh.id ? fresh : one))),
    reload: () => load([]),
    more: next ? () => load(items ?? [], next) : undefined,
  };
}

interface InboxProps<T> extends Pick<
  ReturnType<typeof useInbox<T & { id?: string }>>,
  'fault' | 'more'
> {
  id: string;
  lang: Lang;
  words: { title: string; none: string; more: string };
  items: T[] | undefined;
  lead?: ComponentChildren; // above the items
  one: (item: T) => ComponentChildren; // a list item
}

export const Inbox = <T,>({ id, lang, words, items, fault, more, lead, one }: InboxProps<T>) => (
  <section class="mw-section" aria-labelledby={id}>
    <Heading level={2} look={3} id={id}>
      {words.title}
    </Heading>
    {fault && <FaultAlert fault={fault} lang={lang} />}
    {!items && !fault && <p role="status">{shared(lang).loading}</p>}
    {items?.length === 0 && <p class="mw-quiet">{words.none}</p>}
    {lead}
    {items && items.length > 0 && <ul class="mw-letters">{items.map(one)}</ul>}
    {more && (
      <Button kind="secondary" onClick={() => void more()}>
        {words.more}
      </Button>
    )}
  </section>
);
