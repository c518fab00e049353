// The only script on every page: shows who is logged in, logs out, keeps the query when the
// language changes.
import { logOut, me } from './api';

const all = (selector: string) => document.querySelectorAll<HTMLElement>(selector);

const showAccount = async () => {
  const somebody = (await me()).account_id !== undefined;
  for (const one of all('[data-when]')) one.hidden = (one.dataset.when === 'somebody') !== somebody;
};

const leave = async () => {
  await logOut().catch(() => undefined);
  location.assign(document.documentElement.lang === 'en' ? '/en/' : '/');
};

for (const one of all('[data-logout]')) one.addEventListener('click', () => void leave());

// Filters change the query without loading the page, so the address is read at the click.
for (const one of all('[data-keep-query]'))
  one.addEventListener('click', () => {
    const address = one as HTMLAnchorElement;
    address.search = location.search;
  });

void showAccount();
