// The last part of a deal: what its sides say of each other, once a delivery was accepted.
import { useEffect, useState } from 'preact/hooks';
import type { Review } from '../gen/api';
import { getAll, type Stored } from '../lib/api';
import { dictionary } from '../lib/i18n';
import { ReviewOfDeal, WriteReview, reviewSaid } from '../lib/reviews';
import { acts } from '../lib/step';
import { Heading } from '../lib/ui';
import { isBuyer, type Deal } from './deal';
import type { PartProps } from './part';
import type { Order } from './records';

const texts = dictionary({ title: 'Beoordelingen' }, { title: 'Reviews' });

interface Other {
  id: string;
  name: string;
  orderId: string;
}

// With whom something was accepted, each once.
const others = (deal: Deal): Other[] => {
  const side = (order: Order): Other =>
    isBuyer(deal)
      ? { id: order.supplier_id ?? '', name: order.supplier_name ?? '', orderId: order.id }
      : { id: order.buyer_id ?? '', name: order.buyer_name ?? '', orderId: order.id };
  const found = deal.orders.filter((order) => (order.accepted_cents ?? 0) > 0).map(side);
  return found.filter((one, at) => found.findIndex(({ id }) => id === one.id) === at);
};

export const DealReviews = ({ deal, lang, act }: PartProps) => {
  const with_ = others(deal);
  const [reviews, setReviews] = useState<Stored<Review>[]>();
  useEffect(() => {
    const [first] = with_;
    if (first)
      getAll<Stored<Review>>('/reviews', { orderId: first.orderId }).then(setReviews, () => undefined);
  }, [deal]);
  if (!reviews || with_.length === 0) return null;
  const writes = acts(deal.me, 'BUYER') || acts(deal.me, 'SUPPLIER');
  const ownOf = (other: Other) =>
    reviews.find((one) => one.reviewer_id === deal.me.organisation_id && one.reviewed_id === other.id);
  const open = (other: Other) => (ownOf(other)?.state ?? 'waiting') === 'waiting';
  const shown = reviews.filter(({ state }) => state !== 'withdrawn');
  const unwritten = with_.filter((other) => writes && open(other));
  if (shown.length + unwritten.length === 0) return null;
  return (
    <section class="mw-section" aria-labelledby="deal-reviews">
      <Heading level={2} look={3} id="deal-reviews">
        {texts(lang).title}
      </Heading>
      {shown.map((review) => (
        <ReviewOfDeal key={review.id} review={review} lang={lang} />
      ))}
      {unwritten.map((other) => (
        <WriteReview
          key={`${other.id} ${ownOf(other)?.version ?? 0}`}
          orderId={other.orderId}
          own={ownOf(other)}
          about={other.name}
          lang={lang}
          done={() => act(reviewSaid(lang), () => Promise.resolve())}
        />
      ))}
    </section>
  );
};
