// The rotation log: among offers with the same score, who was invited when; who waits longest comes first.
import type { Match } from '../gen/api';
import { dictionary, moment, type Lang } from './i18n';
import { pointsOf } from './match';
import { Heading, Table } from './ui';

const texts = dictionary(
  {
    title: 'Volgorde bij gelijke score',
    about:
      'Bij een gelijke score komt eerst wie het langst niet is uitgenodigd. Wie even lang wacht, ' +
      'loot.',
    score: 'Score',
    supplier: 'Onderneming',
    offer: 'Aanbod',
    invited: 'Laatst uitgenodigd',
    never: 'Nog niet',
  },
  {
    title: 'Order among equal scores',
    about:
      'Of equal scores, who has not been invited for the longest time comes first. Who waits ' +
      'equally long, draws lots.',
    score: 'Score',
    supplier: 'Enterprise',
    offer: 'Offer',
    invited: 'Last invited',
    never: 'Not yet',
  },
);

export const Rotation = ({ items, lang }: { items: readonly Match[]; lang: Lang }) => {
  const t = texts(lang);
  const equal = items.filter(
    (one) => items.filter((other) => other.score_ppm === one.score_ppm).length > 1,
  );
  if (equal.length === 0) return null;
  return (
    <section class="mw-section">
      <Heading level={2}>{t.title}</Heading>
      <p class="mw-quiet">{t.about}</p>
      <Table<Match>
        caption={t.title}
        quiet
        columns={[
          { head: t.supplier, cell: (one) => one.supplier_name },
          { head: t.offer, cell: (one) => one.title },
          { head: t.score, number: true, cell: (one) => Math.round(pointsOf(one.score_ppm)) },
          {
            head: t.invited,
            cell: (one) => (one.invited_at ? moment(one.invited_at, lang) : t.never),
          },
        ]}
        rows={equal}
      />
    </section>
  );
};
