// A list that people write: rows that are added, taken away and put in another order.
import type { ComponentChildren } from 'preact';
import { dictionary, type Lang } from './i18n';
import { Button, Hidden } from './ui';

const texts = dictionary(
  { remove: 'Weghalen', up: 'Omhoog' },
  { remove: 'Take away', up: 'Up' },
);

interface RowsProps<Row> {
  name: string; // id of the whole, where a fault may point at
  label: string;
  hint?: string;
  fault?: string;
  lang: Lang;
  rows: readonly Row[];
  onRows: (rows: Row[]) => void;
  blank: () => Row;
  most: number;
  add: string;
  nth: (nth: number) => string; // what a row is called
  ordered?: boolean; // their order matters
  row: (row: Row, at: number, change: (part: Partial<Row>) => void) => ComponentChildren;
  children?: ComponentChildren; // below the rows
}

export const Rows = <Row extends object>(props: RowsProps<Row>) => {
  const { name, label, hint, fault, lang, rows, onRows, nth, row } = props;
  const t = texts(lang);
  const up = (at: number) => {
    const [one] = rows.slice(at, at + 1);
    const others = rows.filter((_, no) => no !== at);
    if (one) onRows([...others.slice(0, at - 1), one, ...others.slice(at - 1)]);
  };
  return (
    <fieldset
      class={`mw-field mw-fieldset ${fault ? 'is-invalid' : ''}`}
      id={name}
      tabIndex={-1}
      aria-describedby={[hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ') || undefined}
    >
      <legend class="utrecht-form-label">{label}</legend>
      {hint && (
        <div class="utrecht-form-field-description" id={`${name}-hint`}>
          {hint}
        </div>
      )}
      {fault && (
        <div class="utrecht-form-field-error-message" id={`${name}-fault`}>
          {fault}
        </div>
      )}
      {rows.map((one, at) => (
        <fieldset class="mw-row" key={at}>
          <legend>{nth(at + 1)}</legend>
          <div class="mw-row__fields">
            {row(one, at, (part) => onRows(rows.map((each, no) => (no === at ? { ...each, ...part } : each))))}
          </div>
          <div class="mw-row__acts">
            {props.ordered && at > 0 && (
              <Button kind="subtle" onClick={() => up(at)}>
                {t.up}
                <Hidden>: {nth(at + 1)}</Hidden>
              </Button>
            )}
            <Button kind="subtle" onClick={() => onRows(rows.filter((_, no) => no !== at))}>
              {t.remove}
              <Hidden>: {nth(at + 1)}</Hidden>
            </Button>
          </div>
        </fieldset>
      ))}
      {rows.length < props.most && (
        <Button kind="secondary" icon="plus" onClick={() => onRows([...rows, props.blank()])}>
          {props.add}
        </Button>
      )}
      {props.children}
    </fieldset>
  );
};
