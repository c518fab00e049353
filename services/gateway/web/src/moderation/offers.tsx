// What waits for a moderator of what is offered: changes with what was and what is proposed, and offers of who is new.
import type { Offer, OfferEdit } from '../gen/api';
import { command, may, type Stored } from '../lib/api';
import { Differences } from '../lib/differences';
import { Act } from '../lib/form';
import { date, dictionary, link, type Lang } from '../lib/i18n';
import { List, type Listing } from '../lib/lists';
import { ReasonForm } from '../lib/step';
import { A, Alert, State } from '../lib/ui';

const texts = dictionary(
  {
    edits: 'Wijzigingen van aanbod',
    noEdits: 'Er wacht geen wijziging.',
    offers: 'Aanbod ter beoordeling',
    noOffers: 'Er wacht geen aanbod.',
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
    tied: 'You belong to this enterprise or deal with it. Somebody else decides.',
    apply: 'Apply',
    decline: 'Decline',
    approve: 'Approve',
    return: 'Ask for changes',
    refuse: 'Refuse',
    unhide: 'Show again',
  },
);

export const EditQueue = ({ listing, lang }: { listing: Listing<Stored<OfferEdit>>; lang: Lang }) => {
  const t = texts(lang);
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

export const OfferQueue = ({ listing, lang }: { listing: Listing<Stored<Offer>>; lang: Lang }) => {
  const t = texts(lang);
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
