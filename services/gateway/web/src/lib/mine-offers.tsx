// An enterprise's own offers: where each stands, changing it, and writing a new one.
import { useState } from 'preact/hooks';
import type { Offer } from '../gen/api';
import { command, getAll, may, type Stored } from './api';
import { Act } from './form';
import { dictionary, link, word, type Lang } from './i18n';
import { List, useCities, useListing } from './lists';
import { OfferForm } from './offer-form';
import { Done } from './step';
import { A, Badge, Button, Hidden, State } from './ui';

const texts = dictionary(
  {
    offers: 'Mijn aanbod',
    noOffers: 'U hebt nog geen aanbod.',
    publish: 'Op de markt zetten',
    retire: 'Van de markt halen',
    drop: 'Weggooien',
    change: 'Wijzigen',
    stop: 'Niet wijzigen',
    submit: 'Laten beoordelen',
    pause: 'Pauzeren',
    resume: 'Weer aanbieden',
    inReview: 'Wijziging in beoordeling',
    add: 'Nieuw aanbod schrijven',
    many: 'Veel aanbod tegelijk',
  },
  {
    offers: 'My offers',
    noOffers: 'You have no offers yet.',
    publish: 'Put on the market',
    retire: 'Take off the market',
    drop: 'Throw away',
    change: 'Change',
    stop: 'Do not change',
    submit: 'Submit for review',
    pause: 'Pause',
    resume: 'Offer again',
    inReview: 'Change in review',
    add: 'Write a new offer',
    many: 'Many offers at once',
  },
);

interface ActionsProps {
  offer: Offer;
  lang: Lang;
  editing: boolean;
  edit: () => void;
  act: (name: string) => Promise<unknown>;
}

const Actions = ({ offer, lang, editing, edit, act }: ActionsProps) => {
  const t = texts(lang);
  return (
    <span class="mw-rows__acts">
      {may(offer, 'put') && !offer.pending_change && (
        <Button kind="subtle" onClick={edit}>
          {editing ? t.stop : t.change}
          <Hidden>: {offer.title}</Hidden>
        </Button>
      )}
      {may(offer, 'publish') && (
        <Act lang={lang} label={t.publish} about={offer.title} act={() => act('publish')} />
      )}
      {(['submit', 'pause', 'resume'] as const).map(
        (name) =>
          may(offer, name) &&
          !(name === 'submit' && may(offer, 'publish')) && (
            <Act
              key={name}
              lang={lang}
              kind="secondary"
              label={t[name]}
              about={offer.title}
              act={() => act(name)}
            />
          ),
      )}
      {may(offer, 'retire') && (
        <Act
          lang={lang}
          kind="subtle"
          label={offer.state === 'draft' ? t.drop : t.retire}
          about={offer.title}
          act={() => act('retire')}
        />
      )}
    </span>
  );
};

export const MyOffers = ({ lang, supplierId }: { lang: Lang; supplierId: string }) => {
  const t = texts(lang);
  const cities = useCities();
  const [editing, setEditing] = useState('');
  const listing = useListing(() => getAll<Offer>('/offers', { supplierId }));
  const [told, setTold] = useState('');
  const saved = async (word = '') => {
    setEditing('');
    setTold(word);
    await listing.reload();
  };
  return (
    <List
      id="offers"
      title={t.offers}
      empty={t.noOffers}
      lang={lang}
      listing={listing}
      three
      row={(offer) => (
        <>
          <span>
            <A href={`${link('/aanbod/', lang)}?id=${offer.id}`}>{offer.title}</A>
          </span>
          <span class="mw-quiet">
            <State list="offer_state" state={offer.state} lang={lang} />{' '}
            {offer.pending_change && <Badge tone="warn">{t.inReview}</Badge>}{' '}
            {word('sector', offer.sector, lang)}
            {offer.decision && (
              <>
                <br />
                {offer.decision}
              </>
            )}
          </span>
          <Actions
            offer={offer}
            lang={lang}
            editing={editing === offer.id}
            edit={() => setEditing(editing === offer.id ? '' : (offer.id ?? ''))}
            act={(name) => command('/offers', offer, name).then(listing.reload)}
          />
          {editing === offer.id && (
            <div class="mw-rows__form">
              <OfferForm lang={lang} cities={cities} offer={offer as Stored<Offer>} done={saved} />
            </div>
          )}
        </>
      )}
    >
      <Done text={told} />
      {editing === 'new' ? (
        <OfferForm lang={lang} cities={cities} done={saved} />
      ) : (
        <div class="mw-actions">
          <Button kind="secondary" onClick={() => setEditing('new')}>
            {t.add}
          </Button>
          <A href={link('/aanbod-importeren/', lang)}>{t.many}</A>
        </div>
      )}
    </List>
  );
};
