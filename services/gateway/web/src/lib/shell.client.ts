// The only script on every page: shows who is logged in and what is unread, logs out, keeps the query when the
// language changes.
import type { LetterPage, Me, Membership, NoticePage } from '../gen/api';
import { actFor, endSupport, get, getAll, logOut, me } from './api';
import { dropAllForms } from './draft-store';

const all = (selector: string) => document.querySelectorAll<HTMLElement>(selector);

// Notices that the caller has not read, and letters that nobody of the organisation has; the page of both tells when that
// changes.
const showUnread = async () => {
  const query = { unread: true, limit: 1 };
  const counts = await Promise.all([
    get<LetterPage>('/letters', query).then(({ total = 0 }) => total),
    get<NoticePage>('/notices', query).then(({ total = 0 }) => total),
  ]);
  const total = counts[0] + counts[1];
  for (const one of all('[data-unread]')) {
    one.textContent = total > 99 ? '99+' : String(total);
    if (one.parentElement) one.parentElement.hidden = total === 0;
  }
};

// Who looks along as a user sees on every page as whom, and until when; then the page is asked for again.
const showSupport = (name: string, until: string) => {
  const nl = document.documentElement.lang !== 'en';
  const time = new Date(until).toLocaleTimeString(nl ? 'nl' : 'en', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Amsterdam',
  });
  for (const one of all('[data-support]')) one.hidden = false;
  for (const one of all('[data-support-text]'))
    one.textContent = nl
      ? `U kijkt mee als ${name}, tot ${time}. U kunt niets wijzigen. De gebruiker weet ervan.`
      : `You look along as ${name}, until ${time}. You cannot change anything. The user knows.`;
  setTimeout(() => location.reload(), Math.max(1000, Date.parse(until) - Date.now() + 1000));
};

const home = () => (document.documentElement.lang === 'en' ? '/en/mijn/' : '/mijn/');

const buttonFor = ({ organisation_id, name }: Membership, failed: (button: HTMLElement) => void) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = name;
  button.addEventListener('click', () => {
    button.disabled = true;
    actFor(organisation_id).then(
      () => location.assign(home()),
      () => failed(button),
    );
  });
  return button;
};

// The organisations of the caller, asked for when somebody looks: the one they act for, and the others to choose from.
const fillSwitch = async (menu: HTMLElement, own: Me) => {
  const list = menu.querySelector('[data-organisations]');
  if (!list || list.childElementCount > 0) return;
  const failed = (button: HTMLElement) => {
    button.textContent =
      document.documentElement.lang === 'en' ? 'This did not work' : 'Dit lukte niet';
    button.setAttribute('role', 'alert');
  };
  const items = await getAll<Membership>('/account/organisations');
  const now = document.createElement('b');
  now.textContent = own.organisation_name ?? '';
  const others = items.filter(({ organisation_id }) => organisation_id !== own.organisation_id);
  for (const one of [now, ...others.map((other) => buttonFor(other, failed))]) {
    const item = document.createElement('li');
    item.append(one);
    list.append(item);
  }
};

// Who may act for several organisations sees for which, and chooses another. Escape and a click elsewhere close the list.
const showSwitch = (who: Me) => {
  for (const one of all('[data-organisation]')) one.textContent = who.organisation_name ?? '';
  for (const one of all('[data-switch]')) {
    const menu = one as HTMLDetailsElement;
    menu.hidden = false;
    menu.addEventListener('toggle', () => {
      if (menu.open) void fillSwitch(menu, who).catch(() => (menu.open = false));
    });
    menu.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    });
    addEventListener('click', ({ target }) => {
      if (!menu.contains(target as Node)) menu.open = false;
    });
  }
};

const showAccount = async () => {
  const who = await me();
  if (who.support_until)
    showSupport([who.name, who.organisation_name].filter(Boolean).join(', '), who.support_until);
  const somebody = who.account_id !== undefined;
  for (const one of all('[data-when]')) one.hidden = (one.dataset.when === 'somebody') !== somebody;
  if (who.several) showSwitch(who);
  if (who.organisation_id) await showUnread();
};

const leave = async () => {
  await logOut().catch(() => undefined);
  dropAllForms();
  location.assign(document.documentElement.lang === 'en' ? '/en/' : '/');
};

const backToOneself = async () => {
  await endSupport().catch(() => undefined);
  location.assign(home());
};

for (const one of all('[data-support-end]'))
  one.addEventListener('click', () => void backToOneself());

for (const one of all('[data-logout]')) one.addEventListener('click', () => void leave());

// Filters change the query without loading the page, so the address is read at the click.
for (const one of all('[data-keep-query]'))
  one.addEventListener('click', () => {
    const address = one as HTMLAnchorElement;
    address.search = location.search;
  });

addEventListener('letters-read', () => void showUnread().catch(() => undefined));

void showAccount().catch(() => undefined);
