// Brings a page to life in the browser: with the data that the gateway put in it, or fetched.
import { render, type ComponentType } from 'preact';
import { Fault, faultOf, get } from './api';
import type { Lang } from './i18n';
import type { Meta, PageProps } from './page';

// The page's query is the operation's query; what its path names is taken out.
const address = (path: string): string => {
  const query = new URLSearchParams(location.search);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = query.get(name);
    if (!value) throw new Fault(404, '', '');
    query.delete(name);
    return encodeURIComponent(value);
  });
  const rest = query.toString();
  return rest === '' ? filled : `${filled}?${rest}`;
};

const given = (): string => {
  const text = document.getElementById('data')?.textContent?.trim() ?? '';
  return text.startsWith('<!--') ? '' : text;
};

export const start = async <D,>(Page: ComponentType<PageProps<D>>, meta: Meta): Promise<void> => {
  const root = document.getElementById('main');
  if (!root) return;
  const lang: Lang = document.documentElement.lang === 'en' ? 'en' : 'nl';
  const show = (props: Omit<PageProps<D>, 'lang'>) => render(<Page lang={lang} {...props} />, root);

  const text = given();
  if (!meta.data) show({});
  else if (text !== '') show({ d: JSON.parse(text) as D });
  else {
    show({});
    try {
      show({ d: await get<D>(address(meta.data.path)) });
    } catch (thrown) {
      show({ fault: faultOf(thrown) });
    }
  }
  root.dataset.ready = 'yes';
};
