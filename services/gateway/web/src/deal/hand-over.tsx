// How an invoice also leaves the platform: by mail and through Peppol, how far that is and what went wrong.
import { dictionary, moment, word, type Lang } from '../lib/i18n';
import { Facts } from '../lib/ui';
import type { HandOver } from '../gen/api';

const texts = dictionary(
  {
    sending: (way: string) => `Verzending: ${way}`,
    at: (state: string, when: string) => `${state}, ${when}`,
    tries: (count: number) => (count === 1 ? '1 keer geprobeerd' : `${count} keer geprobeerd`),
    next: (when: string) => `opnieuw ${when}`,
  },
  {
    sending: (way: string) => `Sent by: ${way}`,
    at: (state: string, when: string) => `${state}, ${when}`,
    tries: (count: number) => (count === 1 ? 'tried once' : `tried ${count} times`),
    next: (when: string) => `again ${when}`,
  },
);

const inWords = (one: HandOver, lang: Lang) => {
  const t = texts(lang);
  const state = word('hand_over_state', one.state, lang);
  const failed = one.state === 'failing' || one.state === 'given_up';
  const more = failed
    ? [one.why, t.tries(one.tries ?? 0), one.next_at && t.next(moment(one.next_at, lang))]
    : [];
  const head = one.ended_at && one.state !== 'unwanted' ? t.at(state, moment(one.ended_at, lang)) : state;
  return [head, ...more].filter(Boolean).join('; ');
};

export const HandOvers = ({ of, lang }: { of: readonly HandOver[] | undefined; lang: Lang }) => {
  const asked = (of ?? []).filter(({ state }) => state !== 'unwanted');
  if (asked.length === 0) return null;
  return (
    <Facts
      facts={asked.map((one) => ({ term: texts(lang).sending(word('hand_over_way', one.way, lang)), value: inWords(one, lang) }))}
    />
  );
};
