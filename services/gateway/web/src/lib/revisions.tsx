// The revisions of an offer, for its own people and for moderators: each change with what was and what became of it.
import type { Me, Offer, OfferEdit } from '../gen/api';
import { command, getAll, hasRole, may, type Stored } from './api';
import { Differences } from './differences';
import { useMe } from './flag-form';
import { Act } from './form';
import { dictionary, moment, type Lang } from './i18n';
import { List, useListing } from './lists';
import { Badge, State } from './ui';

const texts = dictionary(
  {
    title: 'Wijzigingen van dit aanbod',
    none: 'Dit aanbod is nog niet gewijzigd sinds het op de markt staat.',
    free: 'Direct doorgevoerd',
    cancel: 'Intrekken',
    why: 'Waarom niet:',
  },
  {
    title: 'Changes of this offer',
    none: 'This offer has not changed since it came on the market.',
    free: 'Applied at once',
    cancel: 'Cancel',
    why: 'Why not:',
  },
);

const History = ({ offer, lang }: { offer: Offer; lang: Lang }) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Stored<OfferEdit>>('/offer-edits', { offerId: offer.id }));
  return (
    <List
      id="revisions"
      title={t.title}
      empty={t.none}
      lang={lang}
      listing={listing}
      row={(edit) => (
        <>
          <Differences edit={edit} lang={lang} />
          <div>
            <State list="offer_edit_state" state={edit.state} lang={lang} />{' '}
            {edit.low_risk && <Badge>{t.free}</Badge>}
            <p class="mw-quiet">{moment(edit.decided_at ?? edit.created_at, lang)}</p>
            {edit.decision && (
              <p>
                {t.why} {edit.decision}
              </p>
            )}
            {may(edit, 'cancel') && (
              <Act
                lang={lang}
                kind="secondary"
                label={t.cancel}
                act={() => command('/offer-edits', edit, 'cancel').then(listing.reload)}
              />
            )}
          </div>
        </>
      )}
    />
  );
};

const sees = (who: Me | undefined, offer: Offer) =>
  hasRole(who, 'MODERATOR') || (who?.organisation_id !== undefined && who.organisation_id === offer.supplier_id);

export const Revisions = (props: { offer: Offer; lang: Lang }) =>
  sees(useMe(), props.offer) ? <History {...props} /> : null;
