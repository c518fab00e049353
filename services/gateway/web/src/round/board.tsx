// The board of a round: initiatives by phase, each with the steps that the caller may take.
import type { Stored } from '../lib/api';
import { dictionary, euro, link, number, word, type Lang } from '../lib/i18n';
import type { Telling } from '../lib/step';
import { A, Heading, Hidden, State } from '../lib/ui';
import type { Initiative } from '../gen/api';
import { columnFor, columns, type Column } from './stages';
import { InitiativeSteps, hasSteps } from './steps';

const texts = dictionary(
  {
    title: 'Initiatieven per fase',
    came: 'Ingediend',
    presented: 'Voorgelegd',
    programme: 'In het programma',
    table: 'Financieringstafel',
    real: 'Gerealiseerd',
    initiatives: 'initiatieven',
    move: 'Een stap zetten',
    asks: 'Vraagt',
    found: 'Kreeg',
    jobs: (count: string) => `${count} banen`,
    all: (count: string) => `Toon de andere ${count}`,
    fell: (count: string) => `Niet verder gekomen (${count})`,
    none: 'Er zijn nog geen initiatieven te zien.',
  },
  {
    title: 'Initiatives by phase',
    came: 'Submitted',
    presented: 'Presented',
    programme: 'In the programme',
    table: 'Financing table',
    real: 'Realised',
    initiatives: 'initiatives',
    move: 'Take a step',
    asks: 'Asks',
    found: 'Found',
    jobs: (count: string) => `${count} jobs`,
    all: (count: string) => `Show the other ${count}`,
    fell: (count: string) => `Went no further (${count})`,
    none: 'There are no initiatives to see yet.',
  },
);

interface BoardProps {
  items: Stored<Initiative>[];
  lang: Lang;
  act: Telling;
}

type CardProps = Omit<BoardProps, 'items'> & { one: Stored<Initiative> };

const Card = ({ one, lang, act }: CardProps) => {
  const t = texts(lang);
  const goal = one.goals?.[0];
  const money = one.financed_cents ?? one.ask_cents;
  return (
    <li class="mw-init">
      <Heading level={4}>
        <A href={`${link('/initiatief/', lang)}?id=${one.id}`}>{one.title}</A>
      </Heading>
      <p>
        {one.municipality_name ?? one.municipality}
        {goal && ` · ${word('impact_goal', goal, lang)}`}
      </p>
      <p class="mw-init__row">
        <State list="initiative_state" state={one.state} lang={lang} />
      </p>
      {money !== undefined && money > 0 && (
        <p>{`${one.financed_cents ? t.found : t.asks} ${euro(money, lang)}`}</p>
      )}
      {one.jobs !== undefined && one.jobs > 0 && <p>{t.jobs(number(one.jobs, lang))}</p>}
      {hasSteps(one) && (
        <details class="mw-more">
          <summary>
            {t.move}
            <Hidden>: {one.title}</Hidden>
          </summary>
          <InitiativeSteps initiative={one} lang={lang} act={act} />
        </details>
      )}
    </li>
  );
};

const shown = 4;

const BoardColumn = ({ column, items, lang, act }: BoardProps & { column: Column }) => {
  const t = texts(lang);
  const list = (some: Stored<Initiative>[]) => (
    <ul>
      {some.map((one) => (
        <Card key={one.id} one={one} lang={lang} act={act} />
      ))}
    </ul>
  );
  return (
    <section class="mw-column" aria-labelledby={`column-${column}`}>
      <Heading level={3} look={4} id={`column-${column}`}>
        {t[column]}{' '}
        <span class="mw-column__count">
          {items.length}
          <Hidden> {t.initiatives}</Hidden>
        </span>
      </Heading>
      {list(items.slice(0, shown))}
      {items.length > shown && (
        <details class="mw-more">
          <summary>
            {t.all(number(items.length - shown, lang))}
            <Hidden>: {t[column]}</Hidden>
          </summary>
          {list(items.slice(shown))}
        </details>
      )}
    </section>
  );
};

const Fallen = ({ items, lang }: Omit<BoardProps, 'act'>) => (
  <details class="mw-more mw-fallen">
    <summary>{texts(lang).fell(number(items.length, lang))}</summary>
    <ul>
      {items.map((one) => (
        <li key={one.id}>
          <A href={`${link('/initiatief/', lang)}?id=${one.id}`}>{one.title}</A>{' '}
          <State list="initiative_state" state={one.state} lang={lang} />
          {one.drop_reason && <p class="mw-quiet">{one.drop_reason}</p>}
        </li>
      ))}
    </ul>
  </details>
);

export const Board = ({ items, lang, act }: BoardProps) => {
  const t = texts(lang);
  const filled = columns
    .map((column) => ({
      column,
      items: items.filter((one) => columnFor(one.state) === column),
    }))
    .filter((one) => one.items.length > 0);
  const fallen = items.filter((one) => columnFor(one.state) === undefined);
  return (
    <section class="mw-section" aria-labelledby="board">
      <Heading level={2} id="board">
        {t.title}
      </Heading>
      {items.length === 0 && <p class="mw-quiet">{t.none}</p>}
      <div class="mw-board">
        {filled.map((one) => (
          <BoardColumn key={one.column} {...one} lang={lang} act={act} />
        ))}
      </div>
      {fallen.length > 0 && <Fallen items={fallen} lang={lang} />}
    </section>
  );
};
