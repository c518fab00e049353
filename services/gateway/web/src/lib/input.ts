// Days and percentages as people type them; and the moment that a day ends.

const two = (value: number) => String(value).padStart(2, '0');

// "1-3-2027", "01.03.2027" and "1/3/2027" are all the first of March, as 2027-03-01.
export const dayOf = (text: string): string | undefined => {
  const parts = /^\s*(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})\s*$/.exec(text);
  if (!parts) return undefined;
  const [day, month, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const read = new Date(Date.UTC(year, month - 1, day));
  return read.getUTCMonth() === month - 1 && read.getUTCDate() === day
    ? `${year}-${two(month)}-${two(day)}`
    : undefined;
};

// How far Amsterdam is ahead of UTC at that moment, in hours.
const ahead = (moment: Date): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Amsterdam',
    hour: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(moment);
  const hour = Number(parts.find(({ type }) => type === 'hour')?.value);
  return (hour - moment.getUTCHours() + 24) % 24;
};

// A deadline is a day; it ends at five in the afternoon, in the Netherlands.
export const fiveOn = (day: string): string => {
  const utc = new Date(`${day}T17:00:00Z`);
  const here = new Date(utc.getTime() - ahead(utc) * 3_600_000);
  return here.toISOString().replace('.000Z', 'Z');
};

// A date and time as <input type="datetime-local"> has it, of the clock in the Netherlands.
export const localOf = (iso: string | undefined): string => {
  if (!iso) return '';
  const at = new Date(iso);
  return new Date(at.getTime() + ahead(at) * 3_600_000).toISOString().slice(0, 16);
};

// And back; undefined when it is not filled in.
export const momentOf = (local: string): string | undefined => {
  const utc = new Date(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? `${local}:00Z` : NaN);
  if (Number.isNaN(utc.getTime())) return undefined;
  const guess = new Date(utc.getTime() - ahead(utc) * 3_600_000);
  return new Date(utc.getTime() - ahead(guess) * 3_600_000).toISOString();
};

// "12,5", "12.5" and "12,5 %" are all 125000 of a million; undefined when it is no such part.
export const ppmOf = (text: string): number | undefined => {
  const plain = text.replace(/[\s%]/g, '').replace(',', '.');
  const ppm = /^\d{1,3}(\.\d{1,4})?$/.test(plain) ? Math.round(Number(plain) * 10_000) : undefined;
  return ppm !== undefined && ppm <= 1_000_000 ? ppm : undefined;
};
