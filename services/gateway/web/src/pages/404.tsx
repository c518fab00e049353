// For an address that leads nowhere.
import { A, ButtonLink, Heading, Icon, P } from '../lib/ui';
import { dictionary, link } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';

export const meta: Meta = {
  title: { nl: 'Pagina niet gevonden', en: 'Page not found' },
  about: { nl: 'Deze pagina bestaat niet.', en: 'This page does not exist.' },
};

const texts = dictionary(
  {
    lead: 'Deze pagina bestaat niet meer, of het adres is niet goed overgenomen.',
    label: 'Zoek in producten en diensten',
    search: 'Zoeken',
    or: 'Of ga naar:',
    home: 'de voorpagina',
    market: 'De hele marktplaats',
  },
  {
    lead: 'This page is gone, or the address was not copied well.',
    label: 'Search products and services',
    search: 'Search',
    or: 'Or go to:',
    home: 'the front page',
    market: 'The whole marketplace',
  },
);

export default function NotFound({ lang }: PageProps) {
  const t = texts(lang);
  return (
    <div class="mw-wrap mw-page mw-prose">
      <Heading level={1}>{meta.title[lang]}</Heading>
      <P lead>{t.lead}</P>
      <form class="mw-search" action={link('/marktplaats/', lang)} role="search">
        <label for="q">{t.label}</label>
        <div class="mw-search__row">
          <input class="utrecht-textbox" id="q" name="q" type="search" />
          <button class="nl-button nl-button--primary" type="submit">
            <Icon n="search" />
            <span class="nl-button__label">{t.search}</span>
          </button>
        </div>
      </form>
      <P>
        {t.or} <A href={link('/', lang)}>{t.home}</A>
      </P>
      <ButtonLink href={link('/marktplaats/', lang)} kind="secondary">
        {t.market}
      </ButtonLink>
    </div>
  );
}
