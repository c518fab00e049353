// Marks of the own organisation that end soon: until when they hold, while there is time to renew them.
import type { Organisation } from '../gen/api';
import { daysLeft } from '../lib/deadline';
import { date, dictionary, word, type Lang } from '../lib/i18n';
import { Alert } from '../lib/ui';

const soon = 60; // days, as long as it takes to renew one

const texts = dictionary(
  {
    ends: (name: string, days: number, on: string) =>
      `Uw keurmerk ${name} loopt af over ${days} ${days === 1 ? 'dag' : 'dagen'}, op ${on}.`,
    today: (name: string) => `Uw keurmerk ${name} loopt vandaag af.`,
    renew: 'Vernieuw het op tijd: zonder geldig keurmerk telt het niet meer mee.',
  },
  {
    ends: (name: string, days: number, on: string) =>
      `Your mark ${name} ends in ${days} ${days === 1 ? 'day' : 'days'}, on ${on}.`,
    today: (name: string) => `Your mark ${name} ends today.`,
    renew: 'Renew it in time: without it, it does not count any more.',
  },
);

export const LabelEnd = ({ organisation, lang }: { organisation: Organisation; lang: Lang }) => {
  const t = texts(lang);
  const ending = (organisation.labels ?? []).flatMap(({ scheme, valid_until: until }) => {
    const days = until ? daysLeft({ due_on: until }, Date.now()) : undefined;
    return until && days !== undefined && days <= soon ? [{ name: word('label_scheme', scheme, lang), days, until }] : [];
  });
  return ending.length === 0 ? null : (
    <Alert>
      {ending.map(({ name, days, until }) => (
        <p key={name}>{days > 0 ? t.ends(name, days, date(until, lang)) : t.today(name)}</p>
      ))}
      <p>{t.renew}</p>
    </Alert>
  );
};
