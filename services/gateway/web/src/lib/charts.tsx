// The drawings of figures: stacked bars, plain bars, the funnel of a round, levels.
//
// Each drawing has role="img" and a summary, and says nothing that a table beside it does not say.
// Texts and number formats come from the page. Series differ in texture as well as in colour.
import type { ComponentChildren } from 'preact';
import { shared, type Lang } from './i18n';
import { Hidden, Meter, Table } from './ui';

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

// The next step of 1, 2 or 5 times a power of ten that divides `most` in at most about five.
const niceStep = (most: number) => {
  const raw = Math.max(most, 1) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  return ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10) * power;
};

// ---- Stacked bars ----

export interface Category {
  label: string;
  group: string;
}
export interface Series {
  name: string;
  values: number[];
}

interface BarsProps {
  id: string;
  summary: string;
  categories: Category[];
  series: Series[];
  axis: (value: number) => string;
  exact: (value: number) => string;
}

// Stripes and dots over the plain fill, so that series can be told apart without colour.
const Textures = ({ id }: { id: string }) => (
  <defs>
    <pattern
      id={`${id}-t1`}
      width="8"
      height="8"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect class="mw-series1" width="8" height="8" />
      <rect class="mw-texture" width="2" height="8" />
    </pattern>
    <pattern id={`${id}-t2`} width="8" height="8" patternUnits="userSpaceOnUse">
      <rect class="mw-series2" width="8" height="8" />
      <circle class="mw-texture" cx="4" cy="4" r="1.6" />
    </pattern>
    <pattern id={`${id}-t3`} width="8" height="8" patternUnits="userSpaceOnUse">
      <rect class="mw-series3" width="8" height="8" />
      <rect class="mw-texture" width="8" height="2" />
    </pattern>
  </defs>
);

const fillOf = (id: string, index: number) =>
  index % 4 === 0 ? 'var(--mw-series-0)' : `url(#${id}-t${index % 4})`;

interface Frame {
  width: number;
  height: number;
  left: number;
  top: number;
  bottom: number;
}

const WIDE: Frame = { width: 720, height: 400, left: 66, top: 20, bottom: 50 };
const NARROW: Frame = { width: 360, height: 300, left: 44, top: 20, bottom: 48 };

const Bars = ({ frame, ...bars }: BarsProps & { frame: Frame }) => {
  const { id, summary, categories, series, axis, exact } = bars;
  const { width, height, left, top, bottom } = frame;
  const totals = categories.map((_, at) => series.reduce((sum, s) => sum + (s.values[at] ?? 0), 0));
  const step = niceStep(Math.max(...totals));
  const ticks = Array.from(
    { length: Math.max(1, Math.ceil(Math.max(...totals) / step)) + 1 },
    (_, at) => at * step,
  );
  const most = ticks[ticks.length - 1] ?? step;
  const y = (value: number) => top + (height - bottom - top) * (1 - value / most);
  const slot = (width - left) / categories.length;
  const barWidth = Math.min(slot * 0.66, 72);
  const showTotals = slot >= 44;
  return (
    <svg class="mw-chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
      <Textures id={id} />
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="mw-chart__grid" x1={left} x2={width} y1={y(tick)} y2={y(tick)} />
          <text class="mw-chart__sub" x={left - 8} y={y(tick) + 5} text-anchor="end">
            {axis(tick)}
          </text>
        </g>
      ))}
      {categories.map((category, at) => {
        const middle = left + slot * (at + 0.5);
        const total = totals[at] ?? 0;
        const when = `${category.label} ${category.group}`;
        let below = 0;
        return (
          <g key={when}>
            {series.map((one, index) => {
              const value = one.values[at] ?? 0;
              const from = y(below);
              below += value;
              return (
                value > 0 && (
                  <rect
                    key={one.name}
                    fill={fillOf(id, index)}
                    rx="2"
                    width={barWidth}
                    x={middle - barWidth / 2}
                    y={y(below)}
                    height={Math.max(1, from - y(below) - 2)}
                  >
                    <title>{`${when}, ${one.name}: ${exact(value)}`}</title>
                  </rect>
                )
              );
            })}
            {showTotals && total > 0 && (
              <text class="mw-chart__total" x={middle} y={y(total) - 6} text-anchor="middle">
                {axis(total)}
              </text>
            )}
            <text class="mw-chart__sub" x={middle} y={height - bottom + 20} text-anchor="middle">
              {slot < 28 ? category.label.replace(/\D/g, '') : category.label}
            </text>
            {category.group !== categories[at - 1]?.group && (
              <text class="mw-chart__group" x={middle - barWidth / 2} y={height - 6}>
                {category.group}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
};

// Two drawings, of which the style sheet shows one: text of a shrunken one cannot be read.
export const StackedBars = (bars: BarsProps) => (
  <>
    <div class="mw-wide">
      <Bars {...bars} id={`${bars.id}-wide`} frame={WIDE} />
    </div>
    <div class="mw-narrow">
      <Bars {...bars} id={`${bars.id}-narrow`} frame={NARROW} />
    </div>
  </>
);

export const Legend = ({ id, items }: { id: string; items: string[] }) => (
  <ul class="mw-legend">
    {items.map((item, index) => (
      <li key={item}>
        <svg width="18" height="18" aria-hidden="true">
          <Textures id={`${id}-legend${index}`} />
          <rect width="18" height="18" rx="3" fill={fillOf(`${id}-legend${index}`, index)} />
        </svg>
        {item}
      </li>
    ))}
  </ul>
);

// ---- Plain bars ----

export interface Bar {
  key: string;
  label: ComponentChildren;
  value: number;
  text: string;
}

// A list in which each number is also a length; readable at any width.
export const HorizontalBars = ({ bars }: { bars: Bar[] }) => {
  const most = Math.max(...bars.map((bar) => bar.value), 0);
  return (
    <ol class="mw-bars">
      {bars.map((bar) => (
        <li key={bar.key}>
          <p class="mw-bars__top">
            <span>{bar.label}</span>
            <b>{bar.text}</b>
          </p>
          <Meter part={bar.value} of={most} />
        </li>
      ))}
    </ol>
  );
};

// ---- Funnel ----

export interface Stage {
  name: string;
  count: number;
  share?: string | undefined;
  fell: string;
}

// A Sankey of stages in a row: what goes on runs straight, what falls off bends down.
export const Funnel = ({ stages, summary }: { stages: Stage[]; summary: string }) => {
  const width = 1000;
  const barWidth = 14;
  const full = 150;
  const top = 74;
  const floor = 250;
  const most = Math.max(...stages.map((stage) => stage.count), 1);
  const gap = (width - barWidth) / Math.max(1, stages.length - 1);
  const tall = (count: number) => full * ratio(count, most);
  const offTall = Math.max(
    0,
    ...stages.map((stage, at) => tall(stage.count - (stages[at + 1]?.count ?? stage.count))),
  );
  return (
    <svg
      class="mw-chart"
      viewBox={`0 0 ${width} ${floor + Math.max(offTall, 30) + 8}`}
      role="img"
      aria-label={summary}
    >
      {stages.slice(0, -1).map((stage, at) => {
        const next = stages[at + 1]?.count ?? 0;
        const x0 = at * gap + barWidth;
        const on = tall(next);
        const off = tall(stage.count - next);
        const start = top + on;
        const x1 = x0 + gap * 0.42;
        const bend = (x0 + x1) / 2;
        return (
          <g key={stage.name}>
            <path class="mw-chart__flow" d={`M${x0} ${top}H${(at + 1) * gap}V${start}H${x0}Z`} />
            {off > 0 && (
              <>
                <path
                  class="mw-chart__off"
                  d={
                    `M${x0} ${start}C${bend} ${start} ${bend} ${floor} ` +
                    `${x1} ${floor}V${floor + off}C${bend} ${floor + off} ${bend} ${start + off} ` +
                    `${x0} ${start + off}Z`
                  }
                />
                <rect class="mw-chart__offend" x={x1} y={floor} width="8" height={off} rx="2" />
                <text class="mw-chart__strong" x={x1 + 16} y={floor + 15}>
                  {stage.count - next}
                </text>
                <text class="mw-chart__sub" x={x1 + 16} y={floor + 35}>
                  {stage.fell}
                </text>
              </>
            )}
          </g>
        );
      })}
      {stages.map((stage, at) => {
        const last = at === stages.length - 1;
        const x = last ? width : at * gap;
        const anchor = last ? 'end' : 'start';
        return (
          <g key={stage.name}>
            <rect
              class="mw-chart__node"
              x={at * gap}
              y={top}
              width={barWidth}
              rx="3"
              height={Math.max(3, tall(stage.count))}
            />
            <text class="mw-chart__big" x={x} y="28" text-anchor={anchor}>
              {stage.count}
              {stage.share && (
                <tspan class="mw-chart__share" dx="8">
                  {stage.share}
                </tspan>
              )}
            </text>
            <text class="mw-chart__label" x={x} y="56" text-anchor={anchor}>
              {stage.name}
            </text>
          </g>
        );
      })}
    </svg>
  );
};

// The same funnel for phones: a list of bars.
export const FunnelList = ({ stages }: { stages: Stage[] }) => (
  <ol class="mw-funnel">
    {stages.map((stage, at) => {
      const off = stage.count - (stages[at + 1]?.count ?? stage.count);
      return (
        <li key={stage.name}>
          <p class="mw-funnel__top">
            <b>{stage.count}</b> {stage.name}
            {stage.share && <span class="mw-funnel__share">{stage.share}</span>}
          </p>
          <Meter part={stage.count} of={stages[0]?.count ?? 0} />
          {off > 0 && (
            <p class="mw-funnel__off">
              {off} {stage.fell}
            </p>
          )}
        </li>
      );
    })}
  </ol>
);

// ---- Levels ----

// Five dots, of which `level` are filled. The page says the number in words beside it.
export const LevelDots = ({ level }: { level: number }) => (
  <svg class="mw-dots" width="116" height="20" viewBox="0 0 116 20" aria-hidden="true">
    {[1, 2, 3, 4, 5].map((dot) => (
      <circle
        key={dot}
        class={dot <= level ? 'mw-dots__on' : 'mw-dots__off'}
        r="8"
        cx={10 + (dot - 1) * 24}
        cy="10"
      />
    ))}
  </svg>
);

// ---- The table beside a drawing ----

type TableProps<Row> = Parameters<typeof Table<Row>>[0];

export const AsTable = <Row,>({ lang, ...table }: TableProps<Row> & { lang: Lang }) => (
  <details class="mw-more">
    <summary>
      {shared(lang).asTable}
      <Hidden>: {table.caption}</Hidden>
    </summary>
    <Table quiet {...table} />
  </details>
);
