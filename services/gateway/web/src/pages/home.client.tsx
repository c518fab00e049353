// Fills the three places of the front page that wait for data. One that gets none stays empty: the
// page says enough without it.
import { render, type ComponentChild } from 'preact';
import type { MarketReport, OfferPage, RoundPage, RoundReport } from '../gen/api';
import { get } from '../lib/api';
import { Figures, Newest, RoundBand } from '../lib/front';
import { pageData, pageLang } from '../lib/start';
import { funnelOf } from '../round/stages';

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

// The newest offer of each of three sectors: an enterprise that adds ten at once does not fill the
// page.
const newest = async () => {
  const { items, total } = await get<OfferPage>('/offers', { sort: 'newest', limit: 40 });
  const firsts = items.filter(
    (offer, at) => items.findIndex((one) => one.sector === offer.sector) === at,
  );
  return <Newest offers={firsts.slice(0, 3)} total={total} lang={lang} />;
};

// The round that got furthest tells most.
const round = async () => {
  const { items } = await get<RoundPage>('/rounds', { limit: 10 });
  const furthest = [...items].sort((a, b) => (b.selected ?? 0) - (a.selected ?? 0))[0];
  if (!furthest) return null;
  const report = await get<RoundReport>(`/reports/rounds/${furthest.id}`);
  const open = items.find(({ state }) => state === 'open');
  return <RoundBand round={furthest} stages={funnelOf(report, lang)} open={open} lang={lang} />;
};

void Promise.all([
  fill('home-figures', figures),
  fill('home-newest', newest),
  fill('home-round', round),
]).then(() => {
  document.getElementById('main')?.setAttribute('data-ready', 'yes');
});
