// text-page.tsx - a page that is only text, written once in each language.
import type { JSX } from 'preact';
import type { Meta, PageProps } from './page';
import { Crumbs, Heading } from './ui';

export const textPage = (meta: Meta, Dutch: () => JSX.Element, English: () => JSX.Element) =>
  function TextPage({ lang }: PageProps) {
    return (
      <div class="mw-wrap mw-page">
        <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
        <div class="mw-prose">
          <Heading level={1}>{meta.title[lang]}</Heading>
          {lang === 'nl' ? <Dutch /> : <English />}
        </div>
      </div>
    );
  };
