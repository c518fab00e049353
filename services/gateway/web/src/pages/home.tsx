// The front page: search, key figures, how it works, what is new, the running round.
import cities from '../gen/cities.json';
import { dictionary, link, word, wordsOf } from '../lib/i18n';
import { NLMap } from '../lib/nlmap';
import { sectorIcons } from '../lib/offer';
import type { Meta, PageProps } from '../lib/page';
import { A, Heading, Icon, P, type IconName } from '../lib/ui';
import type { Sector } from '../gen/api';

export const meta: Meta = {
  title: { nl: 'Koop in met maatschappelijke impact', en: 'Buy with social impact' },
  about: {
    nl:
      'Landelijk platform voor sociaal ondernemerschap: zoek aanbod, plaats een vraag, zie de ' +
      'impact.',
    en:
      'National platform for social entrepreneurship: find offers, post a need, see the ' +
      'impact.',
  },
  data: { operation: 'report_market', path: '/reports/market' },
};

const texts = dictionary(
  {
    title: 'Koop in bij sociaal ondernemers, door heel Nederland',
    lead:
      'Vind producten en diensten die werk en kansen opleveren, of plaats uw inkoopvraag en ' +
      'ontvang passend aanbod.',
    label: 'Wat zoekt u?',
    hint: 'Bijvoorbeeld: groenonderhoud, catering of kantoormeubilair',
    search: 'Zoeken',
    bySector: 'Zoek op thema',
    map: (count: number) => `Kaart van Nederland met de ${count} steden van het stedennetwerk`,
    mapCaption: 'De steden van het stedennetwerk',
    credit: 'Provinciegrenzen: svg-maps (CC BY 4.0)',
    how: 'Zo werkt het',
    steps: [
      'Zoek of plaats een vraag',
      'Zoek zelf in het aanbod, of beschrijf in vier stappen wat u nodig hebt.',
      'Bekijk de matches',
      'U ziet bij elk aanbod waarom het past: onderwerp, afstand en impact.',
      'Bestel en ontvang',
      'Bestelling, levering en factuur staan bij elkaar, ook voor uw administratie.',
      'Laat de impact zien',
      'Wat u accepteert telt mee als omzet van sociaal ondernemers in uw stad.',
    ],
    cities: 'Voor gemeenten',
    citiesText:
      'De roadmap bundelt wat steden leerden over inkoop, accountmanagement en een werkend ' +
      'ecosysteem. U ziet wat een andere stad deed en wat het opleverde, en u neemt het ' +
      'over.',
    citiesLink: 'Naar de roadmap',
    enterprises: 'Voor sociaal ondernemers',
    enterprisesText:
      'Zet uw aanbod op de marktplaats, reageer op vragen van gemeenten en bedrijven, of dien ' +
      'uw initiatief in bij een ronde van het programma.',
    enterprisesLink: 'Naar uw overzicht',
  },
  {
    title: 'Buy from social entrepreneurs, all over the Netherlands',
    lead:
      'Find products and services that bring work and chances, or post what you need and ' +
      'receive fitting offers.',
    label: 'What are you looking for?',
    hint: 'For example: gardening, catering or office furniture',
    search: 'Search',
    bySector: 'Search by theme',
    map: (count: number) => `Map of the Netherlands with the ${count} cities of the city network`,
    mapCaption: 'The cities of the city network',
    credit: 'Province borders: svg-maps (CC BY 4.0)',
    how: 'How it works',
    steps: [
      'Search or post a need',
      'Search the offers yourself, or tell in four steps what you need.',
      'See the matches',
      'For each offer you see why it fits: subject, distance and impact.',
      'Order and receive',
      'Order, delivery and invoice stand together, also for your records.',
      'Show the impact',
      'What you accept counts as revenue of social entrepreneurs in your city.',
    ],
    cities: 'For municipalities',
    citiesText:
      'The roadmap gathers what cities learnt about procurement, account management and a ' +
      'working ecosystem. You see what another city did and what came of it, and you take it ' +
      'over.',
    citiesLink: 'To the roadmap',
    enterprises: 'For social entrepreneurs',
    enterprisesText:
      'Put your offers on the marketplace, answer needs of municipalities and companies, or ' +
      'submit your initiative to a round of the programme.',
    enterprisesLink: 'To your overview',
  },
);

const stepIcons: Record<number, IconName> = {
  0: 'search',
  1: 'scale',
  2: 'truck-delivery',
  3: 'chart-bar',
};

const Hero = ({ lang }: PageProps) => {
  const t = texts(lang);
  return (
    <section class="mw-hero">
      <div class="mw-wrap mw-hero__in">
        <div>
          <Heading level={1}>{t.title}</Heading>
          <P lead>{t.lead}</P>
          <form class="mw-search" action={link('/marktplaats/', lang)} role="search">
            <label for="q">{t.label}</label>
            <div class="mw-search__row">
              <input
                class="utrecht-textbox"
                id="q"
                name="q"
                type="search"
                autoComplete="off"
                aria-describedby="q-hint"
              />
              <button class="nl-button nl-button--primary" type="submit">
                <Icon n="search" />
                <span class="nl-button__label">{t.search}</span>
              </button>
            </div>
            <p id="q-hint" class="mw-search__hint">
              {t.hint}
            </p>
          </form>
          <nav aria-label={t.bySector}>
            <ul class="mw-chips">
              {(wordsOf('sector') as Sector[]).map((sector) => (
                <li key={sector}>
                  <a class="mw-chip" href={`${link('/marktplaats/', lang)}?sector=${sector}`}>
                    <Icon n={sectorIcons[sector]} size={18} />
                    {word('sector', sector, lang)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </div>
        <div class="mw-hero__map">
          <NLMap
            small
            cities={cities.map((city) => ({ ...city, value: 0, text: '' }))}
            label={t.map(cities.length)}
          />
          <p>{t.mapCaption}</p>
          <p class="mw-hero__credit">{t.credit}</p>
        </div>
      </div>
    </section>
  );
};

const How = ({ lang }: PageProps) => {
  const t = texts(lang);
  return (
    <section class="mw-wrap mw-section">
      <Heading level={2}>{t.how}</Heading>
      <ol class="mw-how">
        {[0, 1, 2, 3].map((step) => (
          <li key={step}>
            <span class="mw-how__icon">
              <Icon n={stepIcons[step] ?? 'search'} size={26} />
            </span>
            <Heading level={3} look={4}>
              {t.steps[2 * step]}
            </Heading>
            <p>{t.steps[2 * step + 1]}</p>
          </li>
        ))}
      </ol>
    </section>
  );
};

export default function Home({ lang }: PageProps) {
  const t = texts(lang);
  return (
    <>
      <Hero lang={lang} />
      <div id="home-figures" class="mw-keyfigures__room" />
      <How lang={lang} />
      <div id="home-newest" />
      <div id="home-round" />
      <section class="mw-wrap mw-section mw-two">
        <div>
          <Heading level={2}>{t.cities}</Heading>
          <P>{t.citiesText}</P>
          <A href={link('/roadmap/', lang)}>{t.citiesLink}</A>
        </div>
        <div>
          <Heading level={2}>{t.enterprises}</Heading>
          <P>{t.enterprisesText}</P>
          <A href={link('/mijn/', lang)}>{t.enterprisesLink}</A>
        </div>
      </section>
    </>
  );
}
