// What waits for a moderator of what is offered: changes with what was and what is proposed, and offers of who is new.
import type { Offer, OfferEdit } from '../gen/api';
import { command, getAll, may } from '../lib/api';
import { Act } from '../lib/form';
import { date, dictionary, euro, link, type Lang } from '../lib/i18n';
import { List, useListing } from '../lib/lists';
import { ReasonForm } from '../lib/step';
import { A, Alert, State } from '../lib/ui';

const texts = dictionary(
  {
    edits: 'Wijzigingen van aanbod',
    noEdits: 'Er wacht geen wijziging.',
    offers: 'Aanbod ter beoordeling',
    noOffers: 'Er wacht geen aanbod.',
    was: 'was',
    becomes: 'wordt',
    nothing: 'niets',
    tied: 'U hoort bij deze onderneming of doet er zaken mee. Een ander beslist.',
    apply: 'Doorvoeren',
    decline: 'Afwijzen',
    approve: 'Goedkeuren',
    return: 'Aanpassen',
    refuse: 'Weigeren',
    unhide: 'Weer tonen',
  },
  {
    edits: 'Changes of offers',
    noEdits: 'No change waits.',
    offers: 'Offers to judge',
    noOffers: 'No offer waits.',
    was: 'was',
    becomes: 'becomes',
    nothing: 'nothing',
    tied: 'You belong to this enterprise or deal with it. Somebody else decides.',
    apply: 'Apply',
    decline: 'Decline',
    approve: 'Approve',
    return: 'Ask for changes',
    refuse: 'Refuse',
    unhide: 'Show again',
  },
);

const names: Record<string, readonly [nl: string, en: string]> = {
  title: ['Titel', 'Title'],
  title_en: ['Titel in het Engels', 'Title in English'],
  description: ['Omschrijving', 'Description'],
  description_en: ['Omschrijving in het Engels', 'Description in English'],
  kind: ['Soort', 'Kind'],
  sector: ['Thema', 'Sector'],
  cpv: ['Onderwerp (CPV)', 'Subject (CPV)'],
  price_cents: ['Prijs', 'Price'],
  price_mode: ['Soort prijs', 'Kind of price'],
  tiers: ['Staffel', 'Price steps'],
  unit: ['Eenheid', 'Unit'],
  vat: ['Btw', 'VAT'],
  lead_days: ['Levertijd', 'Delivery time'],
  capacity: ['Capaciteit', 'Capacity'],
  national: ['In heel Nederland', 'In the whole country'],
  region: ['Gebied', 'Area'],
  goals: ['Doelen', 'Goals'],
  target_groups: ['Doelgroepen', 'Target groups'],
  impact: ['Impact', 'Impact'],
  documents: ['Foto’s en documenten', 'Photos and documents'],
  valid_until: ['Laatste dag', 'Last day'],
};

const named = (field: string, lang: Lang) => names[field]?.[lang === 'nl' ? 0 : 1] ?? field;

// A value of a field as people read it.
const shown = (of: Partial<Offer> | undefined, field: string, lang: Lang): string => {
  const value = (of as Record<string, unknown> | undefined)?.[field];
  if (value === undefined || value === null) return texts(lang).nothing;
  if (field === 'price_cents') return euro(value as number, lang, true);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
};

export const Differences = ({ edit, lang }: { edit: OfferEdit; lang: Lang }) => {
  const t = texts(lang);
  return (
    <dl class="mw-quiet">
      {edit.fields?.map((field) => (
        <div key={field}>
          <dt>{named(field, lang)}</dt>
          <dd>
            {t.was}: <del>{shown(edit.before, field, lang)}</del>
            <br />
            {t.becomes}: <ins>{shown(edit.proposed, field, lang)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
};

export const EditQueue = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<OfferEdit>('/offer-edits', { state: 'pending' }));
  return (
    <List
      id="edits"
      title={t.edits}
      empty={t.noEdits}
      lang={lang}
      listing={listing}
      three
      row={(edit) => (
        <>
          <div>
            <A href={`${link('/aanbod/', lang)}?id=${edit.offer_id}`}>{edit.offer_title}</A>
            <Differences edit={edit} lang={lang} />
          </div>
          <span class="mw-quiet">{edit.created_at && date(edit.created_at, lang)}</span>
          {may(edit, 'apply') ? (
            <span class="mw-rows__acts">
              <Act
                lang={lang}
                label={t.apply}
                about={edit.offer_title}
                act={() => command('/offer-edits', edit, 'apply').then(listing.reload)}
              />
              <ReasonForm
                id={`decline-${edit.id}`}
                lang={lang}
                label={t.decline}
                about={edit.offer_title}
                send={(reason) =>
                  command('/offer-edits', edit, 'decline', { reason }).then(listing.reload)
                }
              />
            </span>
          ) : (
            <Alert>
              <p>{t.tied}</p>
            </Alert>
          )}
        </>
      )}
    />
  );
};

export const OfferQueue = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Offer>('/moderation/offers'));
  const take = (offer: Offer, name: string, body?: object) =>
    command('/offers', offer, name, body).then(listing.reload);
  return (
    <List
      id="submitted"
      title={t.offers}
      empty={t.noOffers}
      lang={lang}
      listing={listing}
      three
      row={(offer) => (
        <>
          <div>
            <strong>{offer.title}</strong>
            <p>{offer.description}</p>
          </div>
          <span class="mw-quiet">
            <State list="offer_state" state={offer.state} lang={lang} />
            <br />
            {offer.supplier_name}
          </span>
          <span class="mw-rows__acts">
            {(['approve', 'unhide'] as const).map(
              (name) =>
                may(offer, name) && (
                  <Act
                    key={name}
                    lang={lang}
                    label={t[name]}
                    about={offer.title}
                    act={() => take(offer, name)}
                  />
                ),
            )}
            {(['return', 'refuse'] as const).map(
              (name) =>
                may(offer, name) && (
                  <ReasonForm
                    key={name}
                    id={`${name}-${offer.id}`}
                    lang={lang}
                    label={t[name]}
                    about={offer.title}
                    send={(reason) => take(offer, name, { reason })}
                  />
                ),
            )}
          </span>
        </>
      )}
    />
  );
};
