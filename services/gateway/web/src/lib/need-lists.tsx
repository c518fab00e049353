// The lists in the form of a need: lines, criteria with their weights, and the shares of a joint need.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OrganisationPage } from '../gen/api';
import { get, me } from './api';
import { AreaField, SelectField, TextField, optionsOf, type Option } from './form';
import { dictionary, shared, type Lang } from './i18n';
import type { Draft } from './need-draft';
import {
  emptyCriterion,
  emptyLine,
  emptyShare,
  percentOf,
  sharedOut,
  usualScale,
  weighed,
  type TypedCriterion,
  type TypedLine,
  type TypedShare,
} from './need-parts';
import type { Slot } from './step';
import { Button } from './ui';

const texts = dictionary(
  {
    lines: 'Wat er precies gevraagd wordt',
    linesHint: 'Per regel één ding, met hoeveel daarvan, en de eisen en wensen.',
    line: (at: number) => `Regel ${at}`,
    addLine: 'Regel toevoegen',
    dropLine: (at: number) => `Regel ${at} weghalen`,
    what: 'Omschrijving',
    quantity: 'Aantal',
    unit: 'Eenheid',
    cpv: 'CPV-code',
    must: 'Eisen, één per regel',
    wish: 'Wensen, één per regel',
    criteria: 'Waarop wordt beoordeeld',
    criteriaHint: 'De weging van alle gunningscriteria samen is 100 %.',
    criterion: (at: number) => `Criterium ${at}`,
    addCriterion: 'Criterium toevoegen',
    dropCriterion: (at: number) => `Criterium ${at} weghalen`,
    code: 'Korte naam',
    kind: 'Soort',
    judged: 'Wat wordt beoordeeld, en hoe',
    weight: 'Weging in %',
    scale: 'Hoogste aantal punten',
    scaleHint: `Leeg is ${usualScale}.`,
    sum: (sum: string) => `Samen ${sum} %`,
    shares: 'Wie betaalt welk deel',
    sharesHint: 'Ook uw eigen organisatie. Alle delen samen zijn 100 %.',
    buyer: (at: number) => `Inkoper ${at}`,
    addBuyer: 'Inkoper toevoegen',
    dropBuyer: (at: number) => `Inkoper ${at} weghalen`,
    organisation: 'Organisatie',
    share: 'Deel in %',
  },
  {
    lines: 'What exactly is asked',
    linesHint: 'One thing to a line, with how much of it, and its requirements and wishes.',
    line: (at: number) => `Line ${at}`,
    addLine: 'Add a line',
    dropLine: (at: number) => `Remove line ${at}`,
    what: 'Description',
    quantity: 'Quantity',
    unit: 'Unit',
    cpv: 'CPV code',
    must: 'Requirements, one to a line',
    wish: 'Wishes, one to a line',
    criteria: 'By what quotes are judged',
    criteriaHint: 'The weights of all award criteria come to 100 %.',
    criterion: (at: number) => `Criterion ${at}`,
    addCriterion: 'Add a criterion',
    dropCriterion: (at: number) => `Remove criterion ${at}`,
    code: 'Short name',
    kind: 'Kind',
    judged: 'What is judged, and how',
    weight: 'Weight in %',
    scale: 'Most points',
    scaleHint: `Empty is ${usualScale}.`,
    sum: (sum: string) => `In all ${sum} %`,
    shares: 'Who pays which part',
    sharesHint: 'Your own organisation too. All parts come to 100 %.',
    buyer: (at: number) => `Buyer ${at}`,
    addBuyer: 'Add a buyer',
    dropBuyer: (at: number) => `Remove buyer ${at}`,
    organisation: 'Organisation',
    share: 'Part in %',
  },
);

// A list is a part of what is typed; `slot` says what each of its fields is called and what is wrong with it.
interface ListProps<Part extends keyof Draft> {
  draft: Pick<Draft, Part>;
  slot: (path: string) => Slot;
  lang: Lang;
  set: (part: Partial<Draft>) => void;
}

interface RowsProps<Row> {
  slot: (path: string) => Slot;
  path: string; // of the field in the record
  legend: string;
  hint: string;
  optional?: boolean;
  lang: Lang;
  rows: readonly Row[];
  begin: (at: number) => Row;
  onRows: (rows: Row[]) => void;
  titles: { row: (at: number) => string; add: string; drop: (at: number) => string };
  sum?: string | undefined;
  row: (row: Row, path: string, change: (part: Partial<Row>) => void) => ComponentChildren;
}

// Rows of fields that can be added and taken away; what is wrong with them together stands below them.
const Rows = <Row,>({ slot, path, legend, hint, optional, lang, rows, begin, onRows, titles, sum, row }: RowsProps<Row>) => {
  const { name, fault } = slot(path);
  const box = useRef<HTMLFieldSetElement>(null);
  const drop = (at: number) => {
    onRows(rows.filter((_, nth) => nth !== at));
    box.current?.focus();
  };
  const described = [`${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ');
  return (
    <fieldset
      class={`mw-field mw-fieldset ${fault ? 'is-invalid' : ''}`}
      id={name}
      ref={box}
      tabIndex={-1}
      aria-describedby={described}
    >
      <legend class="utrecht-form-label">
        {legend} {optional && <small>{shared(lang).optional}</small>}
      </legend>
      <div class="utrecht-form-field-description" id={`${name}-hint`}>
        {hint}
      </div>
      {fault && (
        <div class="utrecht-form-field-error-message" id={`${name}-fault`}>
          {fault}
        </div>
      )}
      {rows.map((one, at) => (
        <fieldset class="mw-line" key={at}>
          <legend>{titles.row(at + 1)}</legend>
          {row(one, `${path}[${at}]`, (part) => onRows(rows.with(at, { ...one, ...part })))}
          <Button kind="subtle" onClick={() => drop(at)}>
            {titles.drop(at + 1)}
          </Button>
        </fieldset>
      ))}
      {sum && <p role="status">{sum}</p>}
      <Button kind="secondary" onClick={() => onRows([...rows, begin(rows.length)])}>
        {titles.add}
      </Button>
    </fieldset>
  );
};

export const LinesField = ({ draft, slot, lang, set }: ListProps<'lines'>) => {
  const t = texts(lang);
  return (
    <Rows<TypedLine>
      slot={slot}
      path="spec_lines"
      legend={t.lines}
      hint={t.linesHint}
      optional
      lang={lang}
      rows={draft.lines}
      begin={() => emptyLine}
      onRows={(lines) => set({ lines })}
      titles={{ row: t.line, add: t.addLine, drop: t.dropLine }}
      row={(line, path, change) => {
        const field = (name: keyof TypedLine) => ({
          ...slot(`${path}.${name}`),
          value: line[name],
          onValue: (value: string) => change({ [name]: value }),
        });
        return (
          <>
            <TextField {...field('description')} label={t.what} />
            <div class="mw-line__row">
              <TextField {...field('quantity')} label={t.quantity} />
              <TextField {...field('unit')} label={t.unit} />
              <TextField {...field('cpv')} label={t.cpv} optional />
            </div>
            <div class="mw-line__row">
              <AreaField {...field('must')} label={t.must} optional rows={2} />
              <AreaField {...field('wish')} label={t.wish} optional rows={2} />
            </div>
          </>
        );
      }}
    />
  );
};

export const CriteriaField = ({ draft, slot, lang, set }: ListProps<'criteria'>) => {
  const t = texts(lang);
  const { criteria } = draft;
  return (
    <Rows<TypedCriterion>
      slot={slot}
      path="criteria"
      legend={t.criteria}
      hint={t.criteriaHint}
      optional
      lang={lang}
      rows={criteria}
      begin={(at) => ({ ...emptyCriterion, code: `K${at + 1}` })}
      onRows={(changed) => set({ criteria: changed })}
      titles={{ row: t.criterion, add: t.addCriterion, drop: t.dropCriterion }}
      sum={criteria.some(({ kind }) => kind === 'award') ? t.sum(percentOf(weighed(criteria), lang)) : undefined}
      row={(one, path, change) => {
        const field = (name: keyof TypedCriterion, of: string = name) => ({
          ...slot(`${path}.${of}`),
          value: one[name] ?? '',
          onValue: (value: string) => change({ [name]: value }),
        });
        return (
          <>
            <div class="mw-line__row">
              <TextField {...field('code')} label={t.code} />
              <SelectField {...field('kind')} label={t.kind} options={optionsOf('criterion_kind', lang)} />
            </div>
            {one.kind === 'award' && (
              <div class="mw-line__row">
                <TextField {...field('weight', 'weight_ppm')} label={t.weight} />
                <TextField {...field('scale')} label={t.scale} hint={t.scaleHint} optional />
              </div>
            )}
            <AreaField {...field('description')} label={t.judged} rows={2} />
          </>
        );
      }}
    />
  );
};

// Who may buy together: municipalities, and who writes this.
const useBuyers = (found: (own: string) => void): Option[] => {
  const [buyers, setBuyers] = useState<Option[]>([]);
  useEffect(() => {
    const load = async () => {
      const [who, { items }] = await Promise.all([
        me(),
        get<OrganisationPage>('/organisations', { kind: 'municipality', limit: 100 }),
      ]);
      const own = who.organisation_id ?? '';
      const all = items.map(({ id, name }) => [id ?? '', name] as const);
      const listed = !own || all.some(([id]) => id === own);
      setBuyers(listed ? all : [[own, who.organisation_name ?? ''], ...all]);
      if (own) found(own);
    };
    load().catch(() => undefined);
  }, []);
  return buyers;
};

export const SharesField = ({ draft, slot, lang, set }: ListProps<'shares'>) => {
  const t = texts(lang);
  const buyers = useBuyers((own) =>
    set({ own, shares: draft.shares.length > 0 ? draft.shares : [{ ...emptyShare, organisation: own }] }),
  );
  return (
    <Rows<TypedShare>
      slot={slot}
      path="shares"
      legend={t.shares}
      hint={t.sharesHint}
      lang={lang}
      rows={draft.shares}
      begin={() => emptyShare}
      onRows={(shares) => set({ shares })}
      titles={{ row: t.buyer, add: t.addBuyer, drop: t.dropBuyer }}
      sum={t.sum(percentOf(sharedOut(draft.shares), lang))}
      row={(one, path, change) => (
        <div class="mw-line__row">
          <SelectField
            {...slot(`${path}.organisation_id`)}
            label={t.organisation}
            value={one.organisation}
            onValue={(organisation) => change({ organisation })}
            options={buyers}
          />
          <TextField
            {...slot(`${path}.share_ppm`)}
            label={t.share}
            value={one.share}
            onValue={(share) => change({ share })}
          />
        </div>
      )}
    />
  );
};
