// The desk of a moderator: how much waits of each kind, and then each kind.
import type { Flag, Offer, OfferEdit } from '../gen/api';
import { getAll, type Stored } from '../lib/api';
import { dictionary, number, type Lang } from '../lib/i18n';
import { useListing } from '../lib/lists';
import { Heading } from '../lib/ui';
import { FlagQueue } from './flags';
import { Liquidity } from './liquidity';
import { EditQueue, OfferQueue } from './offers';
import { SupportForm } from './support';
import { Moderation, waiting, type Row } from './organisations';

const texts = dictionary(
  {
    title: 'Wat er wacht',
    moderation: 'Organisaties',
    confirm: 'Schorsingen te bevestigen',
    edits: 'Wijzigingen',
    submitted: 'Aanbod',
    flags: 'Meldingen',
  },
  {
    title: 'What waits',
    moderation: 'Organisations',
    confirm: 'Suspensions to confirm',
    edits: 'Changes',
    submitted: 'Offers',
    flags: 'Reports',
  },
);

export const Desk = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const cases = useListing<Row>(waiting);
  const edits = useListing(() => getAll<Stored<OfferEdit>>('/offer-edits', { state: 'pending' }));
  const offers = useListing(() => getAll<Stored<Offer>>('/moderation/offers'));
  const flags = useListing(async () =>
    (await getAll<Stored<Flag>>('/flags')).filter(({ state }) => state === 'received' || state === 'triaged'),
  );
  const confirm = cases.items?.filter(({ now }) => now.commands?.includes('confirm'));
  const counts = [
    ['moderation', cases.items],
    ['confirm', confirm],
    ['edits', edits.items],
    ['submitted', offers.items],
    ['flags', flags.items],
  ] as const;
  return (
    <>
      <section class="mw-section" aria-labelledby="desk">
        <Heading level={2} look={3} id="desk">
          {t.title}
        </Heading>
        <ul class="mw-desk">
          {counts.map(([id, items]) => (
            <li key={id}>
              <a href={`#${id === 'confirm' ? 'moderation' : id}`}>
                <b>{items ? number(items.length, lang) : '…'}</b> {t[id]}
              </a>
            </li>
          ))}
        </ul>
      </section>
      <Moderation listing={cases} lang={lang} />
      <EditQueue listing={edits} lang={lang} />
      <OfferQueue listing={offers} lang={lang} />
      <FlagQueue listing={flags} lang={lang} />
      <Liquidity lang={lang} />
      <SupportForm lang={lang} />
    </>
  );
};
