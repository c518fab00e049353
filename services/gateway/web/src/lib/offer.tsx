// An offer as a card, with a picture made of its sector.
import type { Offer, Sector } from '../gen/api';
import { addressOf, photosOf } from './files';
import { dictionary, euro, link, shared, word, type Lang } from './i18n';
import { Fictional, Heading, Icon, type IconName } from './ui';

export const sectorIcons: Record<Sector, IconName> = {
  green: 'trees',
  catering: 'tools-kitchen-2',
  cleaning: 'wash-machine',
  print: 'printer',
  ict: 'device-laptop',
  furniture: 'armchair',
  reuse: 'recycle',
  textile: 'shirt',
  transport: 'bike',
  building: 'hammer',
  care: 'heart-handshake',
  creative: 'palette',
};

export const Thumb = ({ sector, big }: { sector: Sector | undefined; big?: boolean }) => (
  <div
    class={`mw-thumb mw-thumb--${sector ?? 'green'} ${big ? 'mw-thumb--big' : ''}`}
    aria-hidden="true"
  >
    <Icon n={sectorIcons[sector ?? 'green']} size={big ? 72 : 40} />
  </div>
);

// English where the supplier gave it, else the Dutch text, which is then marked as such.
export const offerTitle = (offer: Pick<Offer, 'title' | 'title_en'>, lang: Lang) =>
  (lang === 'en' && offer.title_en) || offer.title;

export const dutchOnly = (lang: Lang, english: string | undefined) =>
  lang === 'en' && !english ? 'nl' : undefined;

interface PriceProps {
  offer: { price_cents?: number; unit?: string; price_mode?: Offer['price_mode'] };
  lang: Lang;
}

export const Price = ({ offer, lang }: PriceProps) => {
  const t = shared(lang);
  if (offer.price_cents === undefined) return <span class="mw-price">{t.onRequest}</span>;
  return (
    <span class="mw-price">
      {offer.price_mode !== 'fixed' && `${t.from} `}
      <b>{euro(offer.price_cents, lang)}</b> {offer.unit && `${t.perUnit(offer.unit)}, `}
      {t.exVatShort}
    </span>
  );
};

// What a card shows: of a whole offer, or of one that was found by its words.
export type Shown = Pick<
  Offer,
  | 'id'
  | 'title'
  | 'title_en'
  | 'supplier_name'
  | 'supplier_municipality_name'
  | 'price_cents'
  | 'impact'
  | 'fictional'
> &
  Partial<Pick<Offer, 'sector' | 'unit' | 'lead_days' | 'documents'>> & {
    photo?: string; // the first, where documents are not told
    marks?: readonly string[]; // words of the title by which it was found
    words?: readonly string[]; // of the query, or meant by them, that it has anywhere
    cpv_name?: string; // of a group of which words of the query speak
    cpv_name_en?: string;
  };

const words = /([0-9A-Za-z\u{80}-\u{10ffff}]+)/u; // as matching parts a text

// A text in which the words that were looked for stand out.
export const Marked = ({ text, marks = [] }: { text: string; marks?: readonly string[] }) => (
  <>{text.split(words).map((part) => (marks.includes(part) ? <mark>{part}</mark> : part))}</>
);

const cardTexts = dictionary(
  {
    group: (name: string) => `Hoort bij: ${name}`,
    inside: (words: string) => `In de omschrijving: ${words}`,
  },
  {
    group: (name: string) => `Belongs with: ${name}`,
    inside: (words: string) => `In the description: ${words}`,
  },
);

// Why it was found, where its title does not show that.
const FoundBy = ({ offer, lang }: { offer: Shown; lang: Lang }) => {
  const t = cardTexts(lang);
  const name = lang === 'en' ? offer.cpv_name_en : offer.cpv_name;
  const inside = offer.marks?.length === 0 && offer.words?.length ? offer.words : [];
  return (
    <>
      {inside.length > 0 && <p class="mw-offer__found">{t.inside(inside.join(', '))}</p>}
      {name && <p class="mw-offer__found">{t.group(name)}</p>}
    </>
  );
};

interface CardProps {
  offer: Shown;
  lang: Lang;
  level: 2 | 3;
}

// Its first photo, or the picture of its sector; what either shows stands beside it.
const Picture = ({ offer }: { offer: Shown }) => {
  const photo = offer.photo ?? photosOf(offer.documents)[0]?.file;
  return photo ? (
    <div class="mw-thumb mw-thumb--photo">
      <img src={addressOf({ file: photo })} alt="" loading="lazy" />
    </div>
  ) : (
    <Thumb sector={offer.sector} />
  );
};

export const OfferCard = ({ offer, lang, level }: CardProps) => (
  <article class="mw-offer">
    <Picture offer={offer} />
    <div class="mw-offer__body">
      <p class="mw-offer__sector">
        {word('sector', offer.sector, lang)} <Fictional on={offer.fictional} lang={lang} />
      </p>
      <Heading level={level} look={4} cls="mw-offer__title">
        <a href={`${link('/aanbod/', lang)}?id=${offer.id}`} lang={dutchOnly(lang, offer.title_en)}>
          <Marked text={offerTitle(offer, lang)} marks={offer.marks} />
        </a>
      </Heading>
      <FoundBy offer={offer} lang={lang} />
      <p class="mw-offer__by">
        {offer.supplier_name} <span aria-hidden="true">·</span> <Icon n="map-pin" size={16} />{' '}
        {offer.supplier_municipality_name}
      </p>
      {offer.impact && (
        <p class="mw-offer__impact" lang={dutchOnly(lang, undefined)}>
          <Icon n="heart-handshake" size={18} /> {offer.impact}
        </p>
      )}
      <div class="mw-offer__facts">
        <Price offer={offer} lang={lang} />
        {offer.lead_days !== undefined && <span>{shared(lang).leadTime(offer.lead_days)}</span>}
      </div>
    </div>
  </article>
);
