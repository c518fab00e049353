// What is said beside results: words that nobody has, words as they were meant, and ways out when nothing is found.
import { dictionary, euro, link, word, type Lang } from './i18n';
import { filterKeys, listOf, type Page } from './market';
import { A, Button, Heading } from './ui';

const texts = dictionary(
  {
    none: 'Geen aanbod gevonden',
    noneText: 'Haal een filter weg, of plaats uw vraag. Wie past, kunt u dan uitnodigen.',
    noneAtAll: 'Zoek met andere woorden, of plaats uw vraag. Wie past, kunt u dan uitnodigen.',
    without: (what: string) => `Zonder filter “${what}”`,
    where: 'Levering in',
    price: (amount: string) => `Prijs tot en met ${amount}`,
    lead: (days: string) => `Binnen ${days} dagen`,
    unknown: (words: string) => `Geen enkel aanbod heeft: ${words}.`,
    meant: (written: string, meant: string) => `Wij zochten bij “${written}” ook op “${meant}”.`,
    only: (meant: string) => `Zoek alleen op “${meant}”`,
    clear: 'Alle filters weghalen',
    post: 'Plaats uw vraag',
  },
  {
    none: 'No offers found',
    noneText: 'Remove a filter, or post your need. You can then invite who fits.',
    noneAtAll: 'Search by other words, or post your need. You can then invite who fits.',
    without: (what: string) => `Without filter “${what}”`,
    where: 'Delivered in',
    price: (amount: string) => `Price up to ${amount}`,
    lead: (days: string) => `Within ${days} days`,
    unknown: (words: string) => `No offer at all has: ${words}.`,
    meant: (written: string, meant: string) => `For “${written}” we also looked for “${meant}”.`,
    only: (meant: string) => `Search for “${meant}” only`,
    clear: 'Remove all filters',
    post: 'Post your need',
  },
);

interface NotesProps {
  page: Page;
  query: URLSearchParams;
  lang: Lang;
}

export const Notes = ({ page, query, lang }: NotesProps) => {
  const t = texts(lang);
  const instead = (written: string, meant: string) => {
    const next = new URLSearchParams(query);
    next.set('q', (query.get('q') ?? '').replace(written, meant));
    return `?${next}`;
  };
  return (
    <>
      {page.meant?.map(({ written, meant }) => (
        <p key={written} class="mw-results__note">
          {t.meant(written, meant)} <A href={instead(written, meant)}>{t.only(meant)}</A>
        </p>
      ))}
      {page.unknown && page.unknown.length > 0 && (
        <p class="mw-results__note">{t.unknown(page.unknown.join(', '))}</p>
      )}
    </>
  );
};

// A filter as the button that takes it away calls it.
const nameOf = (key: string, value: string, lang: Lang) => {
  const t = texts(lang);
  const list = listOf[key];
  if (list) return word(list, value, lang);
  if (key === 'priceMaxCents') return t.price(euro(Number(value), lang));
  return key === 'leadDaysMax' ? t.lead(value) : t.where;
};

interface NothingProps {
  query: URLSearchParams;
  lang: Lang;
  leave: (key: string, value: string) => void;
}

// What to do when nothing is found: every filter is a way out.
export const Nothing = ({ query, lang, leave }: NothingProps) => {
  const t = texts(lang);
  const chosen = filterKeys.flatMap((key) => query.getAll(key).map((value) => ({ key, value })));
  const need = new URLSearchParams({ title: (query.get('q') ?? '').slice(0, 120) });
  return (
    <div class="mw-empty">
      <Heading level={2} look={3}>
        {t.none}
      </Heading>
      <p>{chosen.length > 0 ? t.noneText : t.noneAtAll}</p>
      <div class="mw-actions">
        {chosen.map(({ key, value }) => (
          <Button key={key + value} kind="secondary" onClick={() => leave(key, value)}>
            {t.without(nameOf(key, value, lang))}
          </Button>
        ))}
      </div>
      <p>
        <A href={link('/marktplaats/', lang)}>{t.clear}</A> <span aria-hidden="true">·</span>{' '}
        <A href={`${link('/vraag-plaatsen/', lang)}?${need}`}>{t.post}</A>
      </p>
    </div>
  );
};
