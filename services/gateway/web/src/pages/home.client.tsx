// Fills the three places of the front page that wait for data. One that gets none stays empty: the
// page says enough without it.
import { render, type ComponentChild } from 'preact';
import type { MarketReport, OfferPage, RoundPage } from '../gen/api';
import { get } from '../lib/api';
import { Figures, Newest, RoundBand } from '../lib/front';
import { pageData, pageLang } from '../lib/start';

const lang = pageLang();

const fill = async (id: string, make: () => Promise<ComponentChild>) => {
  const place = document.getElementById(id);
  if (!place) return;
  const content = await make().catch(() => null);
  render(content, place);
};

const figures = async () => {
  const report = await pageData<MarketReport>({
    operation: 'report_market',
    path: '/reports/market',
  });
  return <Figures report={report} lang={lang} />;
};

const newest = async () => {
  const { items, total } = await get<OfferPage>('/offers', { sort: 'newest', limit: 3 });
  return <Newest offers={items} total={total} lang={lang} />;
};

// The round that went furthest without being over tells most.
const round = async () => {
  const { items } = await get<RoundPage>('/rounds', { limit: 10 });
  const chosen = [...items].sort((a, b) => (b.selected ?? 0) - (a.selected ?? 0))[0];
  return chosen ? <RoundBand round={chosen} lang={lang} /> : null;
};

void Promise.all([
  fill('home-figures', figures),
  fill('home-newest', newest),
  fill('home-round', round),
]).then(() => {
  document.getElementById('main')?.setAttribute('data-ready', 'yes');
});
