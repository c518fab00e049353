// Lists of one's own things: fetched when shown, with a word for an empty one; and what is chosen from.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { MunicipalityPage } from '../gen/api';
import { faultOf, get, type Fault } from './api';
import type { Option } from './form';
import { shared, type Lang } from './i18n';
import { FaultAlert, Heading } from './ui';

export interface Listing<Item> {
  items: Item[] | undefined;
  fault: Fault | undefined;
  reload: () => Promise<void>;
}

export const useListing = <Item,>(fetch: () => Promise<Item[]>): Listing<Item> => {
  const [items, setItems] = useState<Item[]>();
  const [fault, setFault] = useState<Fault>();
  const reload = useCallback(async () => {
    try {
      setItems(await fetch());
      setFault(undefined);
    } catch (thrown) {
      setFault(faultOf(thrown));
    }
  }, []);
  useEffect(() => void reload(), []);
  return { items, fault, reload };
};

// Municipalities to choose from.
export const useCities = (): Option[] => {
  const [cities, setCities] = useState<Option[]>([]);
  useEffect(() => {
    get<MunicipalityPage>('/municipalities').then(
      ({ items }) => setCities(items.map(({ code, name }) => [code, name] as const)),
      () => undefined,
    );
  }, []);
  return cities;
};

interface ListProps<Item> {
  id: string;
  title: string;
  empty: string;
  lang: Lang;
  listing: Listing<Item>;
  row: (item: Item) => ComponentChildren; // two or three cells
  three?: boolean;
  children?: ComponentChildren; // below the rows: what can be added
}

export const List = <Item extends { id?: string }>(props: ListProps<Item>) => {
  const { id, title, empty, lang, listing, row, three, children } = props;
  const { items, fault } = listing;
  const section = useRef<HTMLElement>(null);
  const seen = useRef(false);
  // A button that did its work is gone, and focus with it; the list takes it over.
  useEffect(() => {
    if (seen.current && document.activeElement === document.body) section.current?.focus();
    seen.current = items !== undefined;
  }, [items]);
  return (
    <section class="mw-section mw-own" aria-labelledby={id} tabIndex={-1} ref={section}>
      <Heading level={2} look={3} id={id}>
        {title} {items && items.length > 0 && <span class="mw-count">{items.length}</span>}
      </Heading>
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {!items && !fault && <p role="status">{shared(lang).loading}</p>}
      {items?.length === 0 && <p class="mw-quiet">{empty}</p>}
      {items && items.length > 0 && (
        <ul class={`mw-rows ${three ? 'mw-rows--three' : ''}`}>
          {items.map((item) => (
            <li key={item.id}>{row(item)}</li>
          ))}
        </ul>
      )}
      {children}
    </section>
  );
};
