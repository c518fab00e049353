// Building blocks of every page: NL Design System elements, and a few of our own.
import type { ComponentChildren, TargetedMouseEvent } from 'preact';
import { icons, type IconName } from '../gen/icons';
import type { Fault } from './api';
import { loginAddress } from './api';
import { link, shared, word, type Lang, type WordList } from './i18n';

type Children = { children: ComponentChildren };
type Level = 1 | 2 | 3 | 4;

export type { IconName };

export const Icon = ({ n, size = 20 }: { n: IconName; size?: number }) => (
  <svg
    class="mw-icon"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
    dangerouslySetInnerHTML={{ __html: icons[n] }}
  />
);

interface HeadingProps extends Children {
  level: Level;
  look?: Level; // when it must look like another level
  id?: string;
  cls?: string;
}

// The first heading can take focus, so that a step or a fault can be announced there.
export const Heading = ({ level, look, id, cls = '', children }: HeadingProps) => {
  const Tag = `h${level}` as const;
  return (
    <Tag
      id={id}
      class={`nl-heading nl-heading--level-${look ?? level} ${cls}`}
      tabIndex={level === 1 ? -1 : undefined}
    >
      {children}
    </Tag>
  );
};

export const P = ({ lead, cls = '', children }: Children & { lead?: boolean; cls?: string }) => (
  <p class={`nl-paragraph ${lead ? 'nl-paragraph--lead' : ''} ${cls}`}>{children}</p>
);

export const A = ({ href, cls = '', children }: Children & { href: string; cls?: string }) => (
  <a class={`nl-link ${cls}`} href={href}>
    {children}
  </a>
);

type ButtonKind = 'primary' | 'secondary' | 'subtle';

const ButtonBody = ({ icon, children }: Children & { icon?: IconName }) => (
  <>
    {icon && (
      <span class="nl-button__icon-start">
        <Icon n={icon} />
      </span>
    )}
    <span class="nl-button__label">{children}</span>
  </>
);

interface ButtonProps extends Children {
  kind?: ButtonKind;
  icon?: IconName;
  submit?: boolean;
  disabled?: boolean;
  onClick?: (event: TargetedMouseEvent<HTMLButtonElement>) => void;
}

export const Button = ({ kind = 'primary', icon, submit, children, ...rest }: ButtonProps) => (
  <button type={submit ? 'submit' : 'button'} class={`nl-button nl-button--${kind}`} {...rest}>
    <ButtonBody icon={icon}>{children}</ButtonBody>
  </button>
);

interface ButtonLinkProps extends Children {
  href: string;
  kind?: ButtonKind;
  icon?: IconName;
}

export const ButtonLink = ({ href, kind = 'primary', icon, children }: ButtonLinkProps) => (
  <a class={`nl-button nl-button--${kind}`} href={href}>
    <ButtonBody icon={icon}>{children}</ButtonBody>
  </a>
);

export const Hidden = ({ children }: Children) => <span class="mw-hidden">{children}</span>;

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'brand';

export const Badge = ({ tone = 'plain', children }: Children & { tone?: Tone }) => (
  <span class={`nl-data-badge mw-badge mw-badge--${tone}`}>{children}</span>
);

const tones: Record<string, Tone> = {
  open: 'good',
  published: 'good',
  selected: 'good',
  awarded: 'good',
  confirmed: 'good',
  approved: 'good',
  judged: 'good',
  answered: 'good',
  admitted: 'good',
  in_force: 'good',
  applied: 'good',
  agreed: 'good',
  received: 'good',
  verified: 'good',
  realised: 'good',
  financed: 'good',
  sent: 'warn',
  submitted: 'warn',
  approval: 'warn',
  sealed_closed: 'warn',
  evaluating: 'warn',
  award_proposed: 'warn',
  standstill: 'warn',
  suspended: 'warn',
  ready: 'good',
  closed: 'good',
  placed: 'warn',
  announced: 'warn',
  delivered: 'warn',
  issued: 'warn',
  reported: 'warn',
  registered: 'warn',
  drafted: 'warn',
  signed_by_one: 'warn',
  proposed: 'warn',
  accepted: 'warn',
  awaiting: 'warn',
  asked: 'warn',
  raised: 'warn',
  mediation: 'warn',
  decided: 'warn',
  appealed: 'warn',
  claimed: 'warn',
  evidence_asked: 'warn',
  reopened: 'warn',
  declined: 'bad',
  refused: 'bad',
  rejected: 'bad',
  cancelled: 'bad',
  unsuccessful: 'bad',
  reversed: 'bad',
  terminated: 'bad',
};

// A state as a word; the colour only helps.
export const State = (props: { list: WordList; state: string | undefined; lang: Lang }) => (
  <Badge tone={tones[props.state ?? ''] ?? 'plain'}>
    {word(props.list, props.state, props.lang)}
  </Badge>
);

export const Fictional = ({ on, lang }: { on: boolean | undefined; lang: Lang }) =>
  on ? <Badge>{shared(lang).fictional}</Badge> : null;

// Crumbs behind Home; the last one is the page itself.
export const Crumbs = ({ lang, trail }: { lang: Lang; trail: [string, string?][] }) => {
  const t = shared(lang);
  return (
    <nav class="mw-crumbs" aria-label={t.crumbs}>
      <ol>
        <li>
          <A href={link('/', lang)}>{t.home}</A>
        </li>
        {trail.map(([label, path]) => (
          <li key={label}>
            {path ? (
              <A href={link(path, lang)}>{label}</A>
            ) : (
              <span aria-current="page">{label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
};

interface AlertProps extends Children {
  kind?: 'info' | 'error' | 'ok';
  title?: string;
}

export const Alert = ({ kind = 'info', title, children }: AlertProps) => (
  <div class={`mw-alert mw-alert--${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
    <Icon n={kind === 'ok' ? 'circle-check' : kind === 'error' ? 'alert-circle' : 'info-circle'} />
    <div>
      {title && <p class="mw-alert__title">{title}</p>}
      {children}
    </div>
  </div>
);

// A fault in words, with the way on: log in, or look again at what changed meanwhile.
export const FaultAlert = ({ fault, lang }: { fault: Fault; lang: Lang }) => {
  const t = shared(lang);
  if (fault.status === 401)
    return (
      <Alert title={t.loginFirst}>
        <A href={loginAddress(lang)}>{t.login}</A>
      </Alert>
    );
  const text = fault.message || (fault.status === 404 ? t.missing : t.unreachable);
  return (
    <Alert kind="error" title={t.failed}>
      <p>{text}</p>
      {fault.errors.length > 0 && (
        <ul>
          {fault.errors.map((one) => (
            <li key={one.path}>{`${one.path}: ${one.reason}`}</li>
          ))}
        </ul>
      )}
      {(fault.status === 409 || fault.status === 412) && <A href="">{t.refresh}</A>}
    </Alert>
  );
};

// An address that asks for no thing there can be, leads nowhere.
const ofAddress = (fault: Fault): Fault => (fault.status === 400 ? { ...fault, status: 404, message: '', errors: [] } : fault);

// What a data page shows while it has no data, or when it got none.
export const Waiting = (props: { lang: Lang; fault?: Fault; title: string }) => (
  <div class="mw-wrap mw-page">
    <Crumbs lang={props.lang} trail={[[props.title]]} />
    <Heading level={1}>{props.title}</Heading>
    {props.fault ? (
      <FaultAlert fault={ofAddress(props.fault)} lang={props.lang} />
    ) : (
      <p role="status">{shared(props.lang).loading}</p>
    )}
  </div>
);

// A share of a whole as a bar; the number always stands beside it in text.
interface MeterProps {
  part: number;
  of: number;
  whole?: number; // what a full width stands for, when several meters are to be compared
}

const percent = (part: number, of: number) => `${of > 0 ? Math.min(100, (100 * part) / of) : 0}%`;

export const Meter = ({ part, of, whole = of }: MeterProps) => (
  <svg class="mw-meter" aria-hidden="true" focusable="false">
    <rect class="mw-meter__all" width={percent(of, whole)} height="100%" rx="3" />
    <rect width={percent(part, whole)} height="100%" rx="3" />
  </svg>
);

export interface Fact {
  term: string;
  value: ComponentChildren;
}

// Terms and values; what has no value is left out.
export const Facts = ({ facts }: { facts: Fact[] }) => (
  <dl class="mw-facts">
    {facts
      .filter(({ value }) => value !== undefined && value !== '' && value !== false)
      .map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

interface Column<Row> {
  head: string;
  number?: boolean;
  cell: (row: Row) => ComponentChildren;
}

interface TableProps<Row> {
  caption: string;
  quiet?: boolean; // the caption is for screen readers only
  columns: Column<Row>[];
  rows: readonly Row[];
}

// A table that scrolls within itself when it must; its first column heads the row.
export const Table = <Row,>({ caption, quiet, columns, rows }: TableProps<Row>) => (
  <div class="mw-scroll" role="group" aria-label={caption} tabIndex={0}>
    <table class="utrecht-table">
      <caption class={quiet ? 'mw-hidden' : 'mw-caption'}>
        <span>{caption}</span>
      </caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" class={cellClass('header-cell', column.number)}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            {columns.map((column, nth) =>
              nth === 0 ? (
                <th key={column.head} scope="row" class={cellClass('cell', column.number)}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.head} class={cellClass('cell', column.number)}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const cellClass = (part: string, number: boolean | undefined) =>
  `utrecht-table__${part} ${number ? 'mw-number' : ''}`;
