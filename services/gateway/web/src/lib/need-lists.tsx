// The lists in the form of a need: lines, criteria with their weights, and the shares of a joint need.
import { useEffect, useState } from 'preact/hooks';
import type { OrganisationPage } from '../gen/api';
import { get, me } from './api';
import { AreaField, SelectField, TextField, optionsOf, type Option } from './form';
import { dictionary, type Lang } from './i18n';
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
import { Rows } from './rows';
import type { Slot } from './step';

const texts = dictionary(
  {
    lines: 'Wat er precies gevraagd wordt',
    linesHint: 'Per regel één ding, met hoeveel daarvan, en de eisen en wensen.',
    line: (at: number) => `Regel ${at}`,
    addLine: 'Regel toevoegen',
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
    organisation: 'Organisatie',
    share: 'Deel in %',
  },
  {
    lines: 'What exactly is asked',
    linesHint: 'One thing to a line, with how much of it, and its requirements and wishes.',
    line: (at: number) => `Line ${at}`,
    addLine: 'Add a line',
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

export const LinesField = ({ draft, slot, lang, set }: ListProps<'lines'>) => {
  const t = texts(lang);
  return (
    <Rows<TypedLine>
      {...slot('spec_lines')}
      label={t.lines}
      hint={t.linesHint}
      optional
      rows={draft.lines}
      blank={() => emptyLine}
      onRows={(lines) => set({ lines })}
      add={t.addLine}
      nth={t.line}
      row={(line, at, change) => {
        const field = (name: keyof TypedLine) => ({
          ...slot(`spec_lines[${at}].${name}`),
          value: line[name],
          onValue: (value: string) => change({ [name]: value }),
        });
        return (
          <>
            <div class="mw-field--whole">
              <TextField {...field('description')} label={t.what} />
            </div>
            <TextField {...field('quantity')} label={t.quantity} />
            <TextField {...field('unit')} label={t.unit} />
            <TextField {...field('cpv')} label={t.cpv} optional />
            <div class="mw-field--whole mw-line__row">
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
      {...slot('criteria')}
      label={t.criteria}
      hint={t.criteriaHint}
      optional
      rows={criteria}
      blank={(at) => ({ ...emptyCriterion, code: `K${at + 1}` })}
      onRows={(changed) => set({ criteria: changed })}
      add={t.addCriterion}
      nth={t.criterion}
      row={(one, at, change) => {
        const field = (name: keyof TypedCriterion, of: string = name) => ({
          ...slot(`criteria[${at}].${of}`),
          value: one[name] ?? '',
          onValue: (value: string) => change({ [name]: value }),
        });
        return (
          <>
            <TextField {...field('code')} label={t.code} />
            <SelectField {...field('kind')} label={t.kind} options={optionsOf('criterion_kind', lang)} />
            {one.kind === 'award' && (
              <>
                <TextField {...field('weight', 'weight_ppm')} label={t.weight} />
                <TextField {...field('scale')} label={t.scale} hint={t.scaleHint} optional />
              </>
            )}
            <div class="mw-field--whole">
              <AreaField {...field('description')} label={t.judged} rows={2} />
            </div>
          </>
        );
      }}
    >
      {criteria.some(({ kind }) => kind === 'award') && (
        <p class="mw-sum" role="status">
          {t.sum(percentOf(weighed(criteria), lang))}
        </p>
      )}
    </Rows>
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
      {...slot('shares')}
      label={t.shares}
      hint={t.sharesHint}
      rows={draft.shares}
      blank={() => emptyShare}
      onRows={(shares) => set({ shares })}
      add={t.addBuyer}
      nth={t.buyer}
      row={(one, at, change) => (
        <>
          <SelectField
            {...slot(`shares[${at}].organisation_id`)}
            label={t.organisation}
            value={one.organisation}
            onValue={(organisation) => change({ organisation })}
            options={buyers}
          />
          <TextField
            {...slot(`shares[${at}].share_ppm`)}
            label={t.share}
            value={one.share}
            onValue={(share) => change({ share })}
          />
        </>
      )}
    >
      <p class="mw-sum" role="status">
        {t.sum(percentOf(sharedOut(draft.shares), lang))}
      </p>
    </Rows>
  );
};
