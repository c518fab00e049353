// The parts of the front page that wait for data. They stand apart from the page, so that the
// browser need not fetch the map a second time as a script.
import type { MarketReport, Offer, Round } from '../gen/api';
import { Funnel, FunnelList, type Stage } from './charts';
import { date, dictionary, euroShort, link, number, word, type Lang } from './i18n';
import { OfferCard } from './offer';
import { A, Badge, ButtonLink, Heading, P } from './ui';

const texts = dictionary(
  {
    figures: 'Kerncijfers',
    offers: 'producten en diensten',
    enterprises: 'sociale ondernemingen',
    buyers: 'organisaties die inkopen',
    revenue: 'omzet voor sociaal ondernemers',
    asOf: (day: string) => `Geteld op ${day}.`,
    results: 'Bekijk alle resultaten en hoe wij tellen',
    newest: 'Nieuw op de marktplaats',
    all: (count: string) => `Bekijk alle ${count} producten en diensten`,
    round: (number: number) => `ronde ${number}`,
    roundText: (submitted: number, selected: number) =>
      `${submitted} initiatieven deden mee. De ${selected} geselecteerde krijgen een mentor en ` +
      'coaching en werken toe naar de financieringstafel.',
    concluded: (submitted: number, selected: number, realised: number) =>
      `${submitted} initiatieven deden mee en ${selected} werden geselecteerd. ` +
      `Daarvan zijn er nu ${realised} gerealiseerd.`,
    follow: 'Bekijk deze ronde',
    openNow: (number: number, day: string) =>
      `Ronde ${number} neemt nu initiatieven aan, tot en met ${day}.`,
    funnel: (stages: string) => `Trechter: ${stages}`,
  },
  {
    figures: 'Key figures',
    offers: 'products and services',
    enterprises: 'social enterprises',
    buyers: 'organisations that buy',
    revenue: 'revenue for social entrepreneurs',
    asOf: (day: string) => `Counted on ${day}.`,
    results: 'See all results and how we count',
    newest: 'New on the marketplace',
    all: (count: string) => `See all ${count} products and services`,
    round: (number: number) => `round ${number}`,
    roundText: (submitted: number, selected: number) =>
      `${submitted} initiatives took part. The ${selected} selected get a mentor and coaching ` +
      'and work towards the financing table.',
    concluded: (submitted: number, selected: number, realised: number) =>
      `${submitted} initiatives took part and ${selected} were selected. ` +
      `Of these, ${realised} have become real.`,
    follow: 'See this round',
    openNow: (number: number, day: string) =>
      `Round ${number} takes initiatives now, until ${day}.`,
    funnel: (stages: string) => `Funnel: ${stages}`,
  },
);

const shown = ['offers', 'enterprises', 'buyers', 'revenue'] as const;

export const Figures = ({ report, lang }: { report: MarketReport; lang: Lang }) => {
  const t = texts(lang);
  const figures = shown.flatMap((name) => report.figures.filter((figure) => figure.name === name));
  return (
    <section class="mw-wrap mw-keyfigures" aria-labelledby="figures">
      <h2 id="figures" class="mw-hidden">
        {t.figures}
      </h2>
      <dl>
        {figures.map((figure) => (
          <div key={figure.name}>
            <dt>{t[figure.name as (typeof shown)[number]]}</dt>
            <dd>{figure.money ? euroShort(figure.value, lang) : number(figure.value, lang)}</dd>
          </div>
        ))}
      </dl>
      <p class="mw-source">
        {t.asOf(date(report.as_of, lang))} <A href={link('/resultaten/', lang)}>{t.results}</A>
      </p>
    </section>
  );
};

interface NewestProps {
  offers: Offer[];
  total: number | undefined;
  lang: Lang;
}

export const Newest = ({ offers, total, lang }: NewestProps) => {
  const t = texts(lang);
  return (
    <section class="mw-wrap mw-section">
      <div class="mw-section__head">
        <Heading level={2}>{t.newest}</Heading>
        <A href={link('/marktplaats/', lang)}>{t.all(number(total ?? offers.length, lang))}</A>
      </div>
      <div class="mw-grid3 mw-offers--upright">
        {offers.map((offer) => (
          <OfferCard key={offer.id} offer={offer} lang={lang} level={3} />
        ))}
      </div>
    </section>
  );
};

const roundText = (round: Round, lang: Lang) => {
  const t = texts(lang);
  const [submitted, selected] = [round.submitted ?? 0, round.selected ?? 0];
  return round.state === 'concluded'
    ? t.concluded(submitted, selected, round.realised ?? 0)
    : t.roundText(submitted, selected);
};

interface RoundBandProps {
  round: Round;
  stages: Stage[];
  open: Round | undefined; // that takes initiatives now
  lang: Lang;
}

export const RoundBand = ({ round, stages, open, lang }: RoundBandProps) => {
  const t = texts(lang);
  const summary = t.funnel(stages.map(({ name, count }) => `${name} ${count}`).join(', '));
  const address = (to: Round) => `${link('/ronde/', lang)}?id=${to.id}`;
  return (
    <section class="mw-band">
      <div class="mw-wrap mw-band__in">
        <div>
          <Badge tone="brand">{word('round_state', round.state, lang)}</Badge>
          <Heading level={2}>
            {round.programme_name}, {t.round(round.number)}
          </Heading>
          <P>{roundText(round, lang)}</P>
          <ButtonLink href={address(round)} kind="secondary">
            {t.follow}
          </ButtonLink>
          {open && open.id !== round.id && (
            <p class="mw-source">
              <A href={address(open)}>{t.openNow(open.number, date(open.closes_at, lang))}</A>
            </p>
          )}
        </div>
        <div>
          <div class="mw-wide">
            <Funnel stages={stages} summary={summary} />
          </div>
          <div class="mw-narrow">
            <FunnelList stages={stages} />
          </div>
        </div>
      </div>
    </section>
  );
};
