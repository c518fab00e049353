// Reviews of deals: as everybody reads them on the page of an organisation, and the form with which a side writes one.
import { useState } from 'preact/hooks';
import type { Review, ReviewSummary } from '../gen/api';
import { command, create, get, getAll, may, replace, type Stored } from './api';
import { FlagForm } from './flag-form';
import { AreaField, SelectField, type Option } from './form';
import { date, dictionary, link, number, word, type Lang } from './i18n';
import { useListing, type Listing } from './lists';
import { StepForm, required } from './step';
import { A, Badge, Fictional, Heading } from './ui';

const texts = dictionary(
  {
    title: 'Beoordelingen',
    none: 'Er is nog geen beoordeling die u kunt lezen.',
    about: 'Alleen wie een levering van een opdracht accepteerde of leverde, schrijft hier, en pas als beide kanten hebben geschreven of na 30 dagen is het te lezen.',
    stars: (count: number) => `${count} van 5 sterren`,
    average: (mean: string, count: string) => `Gemiddeld ${mean} van 5, van ${count} beoordelingen`,
    few: (count: string, least: string) => `${count} beoordelingen. Een gemiddelde staat er vanaf ${least}.`,
    one: (least: string) => `1 beoordeling. Een gemiddelde staat er vanaf ${least}.`,
    each: (stars: string, count: string) => `${stars} sterren: ${count}`,
    as: (side: string) => `als ${side}`,
    reply: 'Antwoorden',
    replyText: 'Uw antwoord',
    replyHint: 'Eenmaal; iedereen kan het lezen.',
    answered: (name: string) => `Antwoord van ${name}`,
    write: 'Beoordeling schrijven',
    change: 'Beoordeling aanpassen',
    rating: 'Hoe ging het?',
    text: 'Vertel hoe het ging',
    hint: 'Ten minste 20 tekens, geen namen van mensen. De andere kant leest dit als zij zelf heeft geschreven, of na de termijn.',
    said: 'Uw beoordeling is bewaard.',
    waits: (day: string) => `Nog niet zichtbaar: wacht op de andere kant, ten laatste tot ${day}`,
    withdraw: 'Intrekken',
    bad: 'Slecht',
    poor: 'Matig',
    fair: 'Redelijk',
    good: 'Goed',
    great: 'Zeer goed',
  },
  {
    title: 'Reviews',
    none: 'There is no review yet that you can read.',
    about: 'Only who accepted or brought a delivery of a deal writes here, and it can be read once both sides have written, or after 30 days.',
    stars: (count: number) => `${count} of 5 stars`,
    average: (mean: string, count: string) => `On average ${mean} of 5, of ${count} reviews`,
    few: (count: string, least: string) => `${count} reviews. There is an average from ${least} on.`,
    one: (least: string) => `1 review. There is an average from ${least} on.`,
    each: (stars: string, count: string) => `${stars} stars: ${count}`,
    as: (side: string) => `as ${side}`,
    reply: 'Answer',
    replyText: 'Your answer',
    replyHint: 'Once; everybody can read it.',
    answered: (name: string) => `Answer of ${name}`,
    write: 'Write a review',
    change: 'Change the review',
    rating: 'How did it go?',
    text: 'Tell how it went',
    hint: 'At least 20 characters, no names of people. The other side reads this once it has written itself, or after the term.',
    said: 'Your review is kept.',
    waits: (day: string) => `Not shown yet: waits for the other side, until ${day} at the latest`,
    withdraw: 'Take back',
    bad: 'Bad',
    poor: 'Poor',
    fair: 'Fair',
    good: 'Good',
    great: 'Very good',
  },
);

export const reviewSaid = (lang: Lang) => texts(lang).said;

const starOptions = (lang: Lang): Option[] => {
  const t = texts(lang);
  return [t.great, t.good, t.fair, t.poor, t.bad].map((name, at) => [
    String(5 - at),
    `${5 - at} - ${name}`,
  ]);
};

export const Stars = ({ count, lang }: { count: number; lang: Lang }) => (
  <span class="mw-stars">
    <span aria-hidden="true">{'★'.repeat(count) + '☆'.repeat(5 - count)}</span>
    <span class="mw-hidden">{texts(lang).stars(count)}</span>
  </span>
);

const Reply = ({ review, lang, done }: { review: Stored<Review>; lang: Lang; done: () => Promise<unknown> }) => {
  const t = texts(lang);
  const [reply, setReply] = useState('');
  return (
    <StepForm
      id={`reply-${review.id}`}
      lang={lang}
      label={t.reply}
      about={review.reviewer_name ?? ''}
      check={() => required({ reply: [t.replyText, reply] }, lang)}
      send={() => command('/reviews', review, 'reply', { reply: reply.trim() }).then(done)}
    >
      {(slot) => (
        <AreaField {...slot('reply')} label={t.replyText} hint={t.replyHint} value={reply} onValue={setReply} />
      )}
    </StepForm>
  );
};

interface OneProps {
  review: Stored<Review>;
  lang: Lang;
  done: () => Promise<unknown>;
}

const One = ({ review, lang, done }: OneProps) => {
  const t = texts(lang);
  return (
    <li class="mw-review">
      <p>
        <Stars count={review.stars} lang={lang} />{' '}
        <A href={`${link('/onderneming/', lang)}?id=${review.reviewer_id}`}>{review.reviewer_name}</A>{' '}
        <span class="mw-quiet">
          {review.side && t.as(word('review_side', review.side, lang).toLowerCase())}
          {review.published_at && `, ${date(review.published_at, lang)}`}
        </span>{' '}
        <Fictional on={review.fictional} lang={lang} />
      </p>
      <p class="mw-long" lang={lang === 'en' ? 'nl' : undefined}>
        {review.text}
      </p>
      {review.reply && (
        <blockquote class="mw-review__reply">
          <p class="mw-quiet">{t.answered(review.reviewed_name ?? '')}</p>
          <p class="mw-long" lang={lang === 'en' ? 'nl' : undefined}>
            {review.reply}
          </p>
        </blockquote>
      )}
      {may(review, 'reply') && <Reply review={review} lang={lang} done={done} />}
      <FlagForm on={{ review_id: review.id }} about={review.reviewer_name ?? ''} owner={review.reviewer_id} lang={lang} />
    </li>
  );
};

const Sum = ({ of, lang }: { of: ReviewSummary; lang: Lang }) => {
  const t = texts(lang);
  const count = number(of.count, lang);
  if (of.count === 0) return <p class="mw-quiet">{t.none}</p>;
  return (
    <>
      <p>
        {of.average_tenths !== undefined
          ? t.average(number(of.average_tenths / 10, lang, 1), count)
          : of.count === 1
            ? t.one(number(of.least, lang))
            : t.few(count, number(of.least, lang))}
      </p>
      {of.average_tenths !== undefined && (
        <p class="mw-quiet">
          {of.stars.map((one) => t.each(one.word, number(one.count, lang))).join(' · ')}
        </p>
      )}
    </>
  );
};

// What was said of an organisation, with what it comes to where there is enough.
export const Reviews = ({ organisationId, lang }: { organisationId: string; lang: Lang }) => {
  const t = texts(lang);
  const sum = useListing(async () => [await get<ReviewSummary>(`/organisations/${organisationId}/review-summary`)]);
  const listing = useListing(() =>
    getAll<Stored<Review>>('/reviews', { organisationId, state: 'published' }),
  );
  return (
    <section class="mw-section" aria-labelledby="reviews">
      <Heading level={2} look={3} id="reviews">
        {t.title}
      </Heading>
      {sum.items?.[0] && <Sum of={sum.items[0]} lang={lang} />}
      {listing.items && listing.items.length > 0 && (
        <ul class="mw-rows mw-reviews">
          {listing.items.map((review) => (
            <One key={review.id} review={review} lang={lang} done={listing.reload} />
          ))}
        </ul>
      )}
      <p class="mw-source">{t.about}</p>
    </section>
  );
};

interface WriteProps {
  orderId: string;
  own: Stored<Review> | undefined;
  about: string;
  lang: Lang;
  done: () => Promise<unknown>;
}

// A side of a deal writes, or changes what nobody else has read yet.
export const WriteReview = ({ orderId, own, about, lang, done }: WriteProps) => {
  const t = texts(lang);
  const [stars, setStars] = useState(own ? String(own.stars) : '');
  const [text, setText] = useState(own?.text ?? '');
  const body = { stars: Number(stars), text: text.trim() };
  const send = () =>
    (own
      ? replace<Review>(`/reviews/${own.id}`, own.version, body)
      : create<Review>('/reviews', { order_id: orderId, ...body })
    ).then(done);
  return (
    <StepForm
      id={`review-${orderId}`}
      lang={lang}
      label={own ? t.change : t.write}
      about={about}
      check={() => required({ stars: [t.rating, stars], text: [t.text, text] }, lang)}
      send={send}
    >
      {(slot) => (
        <>
          <SelectField {...slot('stars')} label={t.rating} value={stars} onValue={setStars} options={starOptions(lang)} />
          <AreaField {...slot('text')} label={t.text} hint={t.hint} value={text} onValue={setText} />
        </>
      )}
    </StepForm>
  );
};

// What either side of a deal wrote, as the caller may read it.
export const ReviewOfDeal = ({ review, lang }: { review: Stored<Review>; lang: Lang }) => {
  const t = texts(lang);
  return (
    <>
      <p>
        <b>{review.reviewer_name}</b> <Stars count={review.stars} lang={lang} />{' '}
        {review.state === 'waiting' && review.reveal_at && (
          <Badge>{t.waits(date(review.reveal_at, lang))}</Badge>
        )}
      </p>
      <p class="mw-long">{review.text}</p>
      {review.reply && <p class="mw-quiet mw-long">{review.reply}</p>}
    </>
  );
};

export type ReviewListing = Listing<Stored<Review>>;
