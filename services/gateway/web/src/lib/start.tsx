// Brings a page to life in the browser: with the data that the gateway put in it, or fetched.
import { render, type ComponentType } from 'preact';
import { Fault, faultOf, get } from './api';
import type { Lang } from './i18n';
import type { Data, Meta, PageProps } from './page';

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

const second = () => new Promise((done) => setTimeout(done, 1000));

const fetched = async <D,>(path: string, patience: number): Promise<D> => {
  try {
    return await get<D>(address(path));
  } catch (thrown) {
    if (faultOf(thrown).status !== 404 || patience === 0) throw thrown;
    await second();
    return fetched<D>(path, patience - 1);
  }
};

export const pageLang = (): Lang => (document.documentElement.lang === 'en' ? 'en' : 'nl');

// What the page speaks of: as the gateway put it there, else asked for.
// What the gateway chose by the same rule (web.c).
const chosen = (data: Required<Meta>['data']): Data => {
  const query = new URLSearchParams(location.search);
  const { instead } = data;
  return instead && query.get(instead.given) && !query.get(instead.absent) ? instead : data;
};

export const pageData = async <D,>(data: Required<Meta>['data']): Promise<D> => {
  const text = given();
  const { path, patience = 0 } = chosen(data);
  return text === '' ? fetched<D>(path, patience) : (JSON.parse(text) as D);
};

export const start = async <D,>(Page: ComponentType<PageProps<D>>, meta: Meta): Promise<void> => {
  const root = document.getElementById('main');
  if (!root) return;
  const show = (props: Omit<PageProps<D>, 'lang'>) =>
    render(<Page lang={pageLang()} {...props} />, root);

  if (!meta.data || given() === '') show({});
  if (meta.data)
    try {
      show({ d: await pageData<D>(meta.data) });
    } catch (thrown) {
      show({ fault: faultOf(thrown) });
    }
  root.dataset.ready = 'yes';
};
