// A reported review, which a moderator hides or shows again.
import { useEffect, useState } from 'preact/hooks';
import type { Review } from '../gen/api';
import { command, get, may, type Stored } from '../lib/api';
import { dictionary, type Lang } from '../lib/i18n';
import { ReviewOfDeal } from '../lib/reviews';
import { ReasonForm } from '../lib/step';
import { State } from '../lib/ui';

const texts = dictionary(
  { hide: 'Beoordeling verbergen', unhide: 'Beoordeling weer tonen' },
  { hide: 'Hide the review', unhide: 'Show the review again' },
);

export const HideReview = ({ id, lang }: { id: string; lang: Lang }) => {
  const t = texts(lang);
  const [review, setReview] = useState<Stored<Review>>();
  const load = () => get<Stored<Review>>(`/reviews/${id}`).then(setReview, () => undefined);
  useEffect(() => void load(), [id]);
  if (!review) return null;
  return (
    <div class="mw-review__reply">
      <State list="review_state" state={review.state} lang={lang} />
      <ReviewOfDeal review={review} lang={lang} />
      {(['hide', 'unhide'] as const).map(
        (step) =>
          may(review, step) && (
            <ReasonForm
              key={step}
              id={`${step}-${id}`}
              lang={lang}
              label={t[step]}
              send={(reason) => command('/reviews', review, step, { reason }).then(load)}
            />
          ),
      )}
    </div>
  );
};
