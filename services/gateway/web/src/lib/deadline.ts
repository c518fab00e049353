// How long there is still time, in days as people in the Netherlands count them.
import type { Task } from '../gen/api';
import { date, dictionary, moment, type Lang } from './i18n';

export type Urgency = 'late' | 'today' | 'week' | 'later' | 'open';
export const urgencies: readonly Urgency[] = ['late', 'today', 'week', 'later', 'open'];

// Sweden writes days as ISO 8601 does; Canada did until a version of the Unicode data.
const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' });
const day = 86_400_000;

// The number of a calendar day there; summer time does not move it.
const dayNumber = (at: number) => Math.round(Date.parse(calendar.format(at)) / day);

type Due = Pick<Task, 'due_at' | 'due_on'>;

// Calendar days that are left; below 0 it is late. Nothing: there is no deadline.
export const daysLeft = (due: Due, now: number): number | undefined => {
  if (due.due_at) {
    const days = dayNumber(Date.parse(due.due_at)) - dayNumber(now);
    return Date.parse(due.due_at) <= now ? Math.min(days, -1) : days;
  }
  return due.due_on ? Math.round(Date.parse(due.due_on) / day) - dayNumber(now) : undefined;
};

export const urgencyOf = (due: Due, now: number): Urgency => {
  const left = daysLeft(due, now);
  if (left === undefined) return 'open';
  if (left < 0) return 'late';
  if (left === 0) return 'today';
  return left <= 7 ? 'week' : 'later';
};

const texts = dictionary(
  {
    late: 'te laat',
    today: 'nog vandaag',
    tomorrow: 'nog tot morgen',
    left: (days: number) => `nog ${days} dagen`,
    until: (left: string, when: string) => `${left}, tot ${when}`,
    upto: (left: string, when: string) => `${left}, tot en met ${when}`,
  },
  {
    late: 'too late',
    today: 'today',
    tomorrow: 'until tomorrow',
    left: (days: number) => `${days} days left`,
    until: (left: string, when: string) => `${left}, until ${when}`,
    upto: (left: string, when: string) => `${left}, up to and including ${when}`,
  },
);

// "nog 2 dagen, tot 1 december 2026 om 17:00".
export const deadlineOf = (due: Due, now: number, lang: Lang): string => {
  const t = texts(lang);
  const left = daysLeft(due, now);
  if (left === undefined) return '';
  const words = left < 0 ? t.late : left === 0 ? t.today : left === 1 ? t.tomorrow : t.left(left);
  return due.due_at ? t.until(words, moment(due.due_at, lang)) : t.upto(words, date(due.due_on ?? '', lang));
};
