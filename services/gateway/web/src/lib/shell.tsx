// What stands around every page: header with navigation, and footer. Rendered at build time.
import { link, shared, dictionary, type Lang } from './i18n';
import { Hidden, Icon } from './ui';

const texts = dictionary(
  {
    about:
      'Een initiatief voor de steden van het stedennetwerk en hun sociaal ondernemers. ' +
      'Wat met ‘Voorbeeld’ is gemerkt, is verzonnen.',
    explain: 'Zo tellen wij',
    matching: 'Zo werkt de matching',
    api: 'API en open data',
    access: 'Toegankelijkheid',
    privacy: 'Privacy',
    aboutSite: 'Over deze site',
    account: 'Verantwoording',
  },
  {
    about:
      'An initiative for the cities of the city network and their social entrepreneurs. ' +
      'What is marked ‘Example’ is made up.',
    explain: 'How we count',
    matching: 'How matching works',
    api: 'API and open data',
    access: 'Accessibility',
    privacy: 'Privacy',
    aboutSite: 'About this site',
    account: 'Accountability',
  },
);

const sections = [
  ['/marktplaats/', 'market', ['/aanbod/', '/onderneming/']],
  ['/vraag-plaatsen/', 'need', ['/matches/']],
  ['/programma/', 'programme', ['/ronde/', '/initiatief/']],
  ['/roadmap/', 'roadmap', ['/stad/', '/verhaal/']],
  ['/resultaten/', 'results', []],
] as const;

export const Logo = () => (
  <svg class="mw-logo" width="34" height="34" viewBox="0 0 34 34" aria-hidden="true">
    <circle class="mw-logo__left" cx="12.5" cy="17" r="11" />
    <circle class="mw-logo__right" cx="21.5" cy="17" r="11" />
    <path class="mw-logo__both" d="M17 7A11 11 0 0 1 17 27A11 11 0 0 1 17 7Z" />
  </svg>
);

const isHere = (path: string, section: string, below: readonly string[]) =>
  path === section || below.includes(path);

const Sections = ({ lang, path }: { lang: Lang; path: string }) => (
  <>
    {sections.map(([href, key, below]) => (
      <li key={href}>
        <a href={link(href, lang)} aria-current={isHere(path, href, below) ? 'page' : undefined}>
          {shared(lang)[key]}
        </a>
      </li>
    ))}
  </>
);

// Both forms stand in the page; the script of the shell shows the one that applies.
const Account = ({ lang }: { lang: Lang }) => {
  const t = shared(lang);
  return (
    <>
      <a class="mw-header__login" data-when="nobody" href={link('/inloggen/', lang)}>
        <Icon n="user-circle" /> {t.login}
      </a>
      <a class="mw-header__alerts" data-when="somebody" hidden href={link('/meldingen/', lang)}>
        <Icon n="bell" /> <span class="mw-header__word">{t.alerts}</span>
        <span class="mw-header__unread" hidden>
          <span data-unread /> <Hidden>{t.unread}</Hidden>
        </span>
      </a>
      <a class="mw-header__login" data-when="somebody" hidden href={link('/mijn/', lang)}>
        <Icon n="user-circle" /> {t.mine}
      </a>
      <details class="mw-header__switch" data-switch hidden>
        <summary>
          <Icon n="building" /> <Hidden>{t.actsFor}</Hidden> <span class="mw-header__name" data-organisation />
        </summary>
        <ul data-organisations aria-label={t.actFor} />
      </details>
      <button class="mw-header__logout" data-when="somebody" data-logout hidden type="button">
        {t.logout}
      </button>
    </>
  );
};

const Switch = ({ lang, path }: { lang: Lang; path: string }) => {
  const other = lang === 'nl' ? 'en' : 'nl';
  return (
    <a
      class="mw-header__lang"
      data-keep-query
      href={link(path, other)}
      lang={other}
      hreflang={other}
    >
      {shared(lang).otherLanguage}
    </a>
  );
};

export const Header = ({ lang, path }: { lang: Lang; path: string }) => {
  const t = shared(lang);
  return (
    <header class="mw-header">
      <div class="mw-support" data-support hidden role="status">
        <div class="mw-wrap">
          <p data-support-text />
          <button type="button" data-support-end>
            {lang === 'nl' ? 'Stop met meekijken' : 'Stop looking along'}
          </button>
        </div>
      </div>
      <div class="mw-wrap mw-header__in">
        <a class="mw-brand" href={link('/', lang)}>
          <Logo />
          <span>{t.site}</span>
        </a>
        <nav class="mw-nav" aria-label={t.mainMenu}>
          <ul>
            <Sections lang={lang} path={path} />
          </ul>
        </nav>
        <div class="mw-header__account">
          <Switch lang={lang} path={path} />
          <Account lang={lang} />
        </div>
        <details class="mw-burger">
          <summary>
            <Icon n="menu-2" /> {t.menu}
          </summary>
          <nav aria-label={`${t.mainMenu} (${t.menu})`}>
            <ul>
              <Sections lang={lang} path={path} />
              <li>
                <Switch lang={lang} path={path} />
              </li>
              <li>
                <Account lang={lang} />
              </li>
            </ul>
          </nav>
        </details>
      </div>
    </header>
  );
};

export const Footer = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  return (
    <footer class="mw-footer">
      <div class="mw-wrap mw-footer__in">
        <div>
          <p class="mw-footer__name">{shared(lang).site}</p>
          <p class="mw-footer__tagline">{shared(lang).tagline}</p>
          <p>{t.about}</p>
        </div>
        <nav aria-label={t.aboutSite}>
          <ul>
            <li>
              <a href={link('/roadmap/', lang)}>{shared(lang).roadmap}</a>
            </li>
            <li>
              <a href={link('/matching/', lang)}>{t.matching}</a>
            </li>
            <li>
              <a href={link('/uitleg/', lang)}>{t.explain}</a>
            </li>
            <li>
              <a href="/v1/openapi.json">{t.api}</a>
            </li>
          </ul>
        </nav>
        <nav aria-label={t.account}>
          <ul>
            <li>
              <a href={link('/toegankelijkheid/', lang)}>{t.access}</a>
            </li>
            <li>
              <a href={link('/privacy/', lang)}>{t.privacy}</a>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  );
};
