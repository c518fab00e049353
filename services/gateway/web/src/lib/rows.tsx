// A list that people write: rows that are added, taken away and put in another order.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { FieldGroup, type FieldProps } from './form';
import { dictionary } from './i18n';
import { Button, Hidden } from './ui';

const texts = dictionary(
  { remove: 'Weghalen', up: 'Omhoog' },
  { remove: 'Take away', up: 'Up' },
);

interface RowsProps<Row> extends FieldProps {
  rows: readonly Row[];
  onRows: (rows: Row[]) => void;
  blank: (at: number) => Row;
  most?: number;
  add: string;
  nth: (nth: number) => string; // what a row is called
  ordered?: boolean; // their order matters
  row: (row: Row, at: number, change: (part: Partial<Row>) => void) => ComponentChildren;
  children?: ComponentChildren; // below the rows
}

export const Rows = <Row extends object>(props: RowsProps<Row>) => {
  const { rows, onRows, blank, most = Infinity, add, nth, ordered, row, children, ...field } = props;
  const t = texts(field.lang);
  const box = useRef<HTMLFieldSetElement>(null);
  const up = (at: number) => {
    const [one] = rows.slice(at, at + 1);
    const others = rows.filter((_, no) => no !== at);
    if (one) onRows([...others.slice(0, at - 1), one, ...others.slice(at - 1)]);
  };
  const drop = (at: number) => {
    onRows(rows.filter((_, no) => no !== at));
    box.current?.focus(); // the button that did it is gone
  };
  return (
    <FieldGroup {...field} box={box}>
      {rows.map((one, at) => (
        <fieldset class="mw-row" key={at}>
          <legend>{nth(at + 1)}</legend>
          <div class="mw-row__fields">
            {row(one, at, (part) => onRows(rows.map((each, no) => (no === at ? { ...each, ...part } : each))))}
          </div>
          <div class="mw-row__acts">
            {ordered && at > 0 && (
              <Button kind="subtle" onClick={() => up(at)}>
                {t.up}
                <Hidden>: {nth(at + 1)}</Hidden>
              </Button>
            )}
            <Button kind="subtle" onClick={() => drop(at)}>
              {t.remove}
              <Hidden>: {nth(at + 1)}</Hidden>
            </Button>
          </div>
        </fieldset>
      ))}
      {rows.length < most && (
        <Button kind="secondary" icon="plus" onClick={() => onRows([...rows, blank(rows.length)])}>
          {add}
        </Button>
      )}
      {children}
    </FieldGroup>
  );
};
