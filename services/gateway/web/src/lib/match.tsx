// Why an offer fits a need: a score of 100, made of parts that add up to it.
import type { Match } from '../gen/api';
import { dictionary, type Lang, word } from './i18n';
import { dutchOnly } from './offer';
import { Icon, Meter } from './ui';

const texts = dictionary(
  {
    strong: 'Sterke match',
    good: 'Goede match',
    partial: 'Gedeeltelijke match',
    weak: 'Weinig overeenkomst',
    of: (points: number) => `${points} van 100`,
    part: (points: number, most: number) => `${points} van ${most} punten`,
    why: 'Waarom deze match?',
    sum: (terms: string, total: number) => `Samen: ${terms} = ${total} punten.`,
  },
  {
    strong: 'Strong match',
    good: 'Good match',
    partial: 'Partial match',
    weak: 'Little in common',
    of: (points: number) => `${points} of 100`,
    part: (points: number, most: number) => `${points} of ${most} points`,
    why: 'Why this match?',
    sum: (terms: string, total: number) => `Together: ${terms} = ${total} points.`,
  },
);

const per_point = 10_000; // millionths in a point

export const pointsOf = (ppm: number) => ppm / per_point;

// Whole points that add up to the whole score: each part is rounded down, and the points that are
// left go to the parts with the largest remainders.
export const wholePoints = (parts: readonly number[], score: number): number[] => {
  const points = parts.map((part) => Math.floor(part / per_point));
  const left = Math.round(score / per_point) - points.reduce((sum, one) => sum + one, 0);
  const byRemainder = parts
    .map((part, at) => ({ at, remainder: part % per_point }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder.slice(0, Math.max(0, left))) points[at] = (points[at] ?? 0) + 1;
  return points;
};

type Scored = Pick<Match, 'parts' | 'score_ppm'>;

const Parts = ({ match, lang }: { match: Scored; lang: Lang }) => {
  const t = texts(lang);
  // A point is as wide in every bar, so that the eye sums as the score does.
  const widest = Math.max(...match.parts.map((part) => part.most_ppm));
  const points = wholePoints(
    match.parts.map((part) => part.points_ppm),
    match.score_ppm,
  );
  return (
    <>
      <ul class="mw-parts">
        {match.parts.map((part, at) => (
          <li key={part.name}>
            <div class="mw-parts__top">
              <strong>{word('score_part', part.name, lang)}</strong>
              <span>{t.part(points[at] ?? 0, Math.round(part.most_ppm / per_point))}</span>
            </div>
            <Meter part={part.points_ppm} of={part.most_ppm} whole={widest} />
            <p lang={dutchOnly(lang, part.why_en)}>{lang === 'en' ? part.why_en : part.why}</p>
          </li>
        ))}
      </ul>
      <p class="mw-match__sum">
        {t.sum(points.join(' + '), Math.round(match.score_ppm / per_point))}
      </p>
    </>
  );
};

const nameOf = (score: number, lang: Lang) => {
  const t = texts(lang);
  if (score >= 80) return t.strong;
  if (score >= 60) return t.good;
  return score >= 35 ? t.partial : t.weak;
};

export const Why = ({ match, lang, open }: { match: Scored; lang: Lang; open: boolean }) => {
  const t = texts(lang);
  const score = Math.round(match.score_ppm / per_point);
  const name = nameOf(score, lang);
  return (
    <details class="mw-match" open={open}>
      <summary>
        <span class="mw-match__word">
          <Icon n="chevron-right" size={18} />
          {name} <span class="mw-match__score">{t.of(score)}</span>
        </span>
        <span class="mw-match__why">{t.why}</span>
      </summary>
      <Parts match={match} lang={lang} />
    </details>
  );
};
