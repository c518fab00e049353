// Judging quotes by the need's award criteria: one's own points, and what comes of all once there are enough.
import { useState } from 'preact/hooks';
import { command, create, may } from '../lib/api';
import { Act, AreaField, TextField, type Faults } from '../lib/form';
import { dictionary, number } from '../lib/i18n';
import { usualScale } from '../lib/need-parts';
import { StepForm, countOf } from '../lib/step';
import { Heading, State, Table } from '../lib/ui';
import type * as api from '../gen/api';
import { isBuyer } from './deal';
import { Quiet, type PartProps } from './part';
import type { Quote } from './records';

const texts = dictionary(
  {
    heading: 'Beoordeling met punten',
    note: 'Twee mensen beoordelen elke offerte, los van elkaar. U ziet de punten van een ander pas als u de uwe heeft vastgezet.',
    judge: 'Punten geven',
    judged: 'Uw punten zijn bewaard. Zet ze vast als u zeker bent.',
    pointsFor: (what: string, most: number) => `${what} (0 tot en met ${most})`,
    wrong: (what: string, most: number) => `${what}: geef een heel getal van 0 tot en met ${most}.`,
    remark: 'Toelichting',
    lock: 'Punten vastzetten',
    locked: 'Uw punten zijn vastgezet en tellen mee.',
    waiting: 'Er zijn nog niet genoeg beoordelingen.',
    caption: 'Uitslag: per criterium gewicht × punten ÷ het hoogste aantal punten, naar beneden afgerond',
    supplier: 'Leverancier',
    total: 'Totaal',
    done: (count: number) => `${count} vastgezet`,
  },
  {
    heading: 'Judging by points',
    note: 'Two people judge each quote, apart from each other. You see the points of another once you locked yours.',
    judge: 'Give points',
    judged: 'Your points are kept. Lock them when you are sure.',
    pointsFor: (what: string, most: number) => `${what} (0 to ${most})`,
    wrong: (what: string, most: number) => `${what}: give a whole number from 0 to ${most}.`,
    remark: 'Explanation',
    lock: 'Lock the points',
    locked: 'Your points are locked and count.',
    waiting: 'There are not enough judgements yet.',
    caption: 'Result: by criterion weight × points ÷ the most points, rounded down',
    supplier: 'Supplier',
    total: 'Total',
    done: (count: number) => `${count} locked`,
  },
);

const percent = (ppm: number, lang: PartProps['lang']) => `${number(ppm / 10_000, lang, 1)} %`;

const criteriaOf = ({ deal }: PartProps) => (deal.need.criteria ?? []).filter(({ kind }) => kind === 'award');

const PointsForm = ({ quote, ...part }: PartProps & { quote: Quote }) => {
  const { lang, act } = part;
  const t = texts(lang);
  const criteria = criteriaOf(part);
  const [points, setPoints] = useState<Record<string, string>>({});
  const [remark, setRemark] = useState('');
  const mostOf = (one: api.NeedCriterion) => one.scale ?? usualScale;
  const given = (one: api.NeedCriterion) => countOf(points[one.code] ?? '');
  const check = (): Faults =>
    Object.fromEntries(
      criteria
        .filter((one) => (given(one) ?? Infinity) > mostOf(one))
        .map((one) => [`points-${one.code}`, t.wrong(one.description, mostOf(one))]),
    );
  const body = {
    quote_id: quote.id,
    points: criteria.map((one) => ({ code: one.code, points: given(one) ?? 0 })),
    ...(remark.trim() ? { remark: remark.trim() } : {}),
  };
  return (
    <StepForm
      id={`score-${quote.id}`}
      lang={lang}
      label={t.judge}
      about={quote.supplier_name ?? ''}
      check={check}
      send={() => act(t.judged, () => create<api.Score>('/scores', body))}
    >
      {(slot) => (
        <>
          {criteria.map((one) => (
            <TextField
              key={one.code}
              {...slot(`points-${one.code}`)}
              label={t.pointsFor(one.description, mostOf(one))}
              short
              value={points[one.code] ?? ''}
              onValue={(text) => setPoints({ ...points, [one.code]: text })}
            />
          ))}
          <AreaField {...slot('remark')} label={t.remark} optional value={remark} onValue={setRemark} />
        </>
      )}
    </StepForm>
  );
};

const QuoteScores = ({ quote, ...part }: PartProps & { quote: Quote }) => {
  const { deal, lang, act } = part;
  const t = texts(lang);
  const scores = deal.scores.filter((one) => one.quote_id === quote.id && one.current);
  const own = scores.find((one) => one.account_id === deal.me.account_id);
  return (
    <article class="mw-card">
      <p class="mw-card__head">
        <b>{quote.supplier_name}</b>
        <span>{t.done(scores.filter((one) => one.state === 'locked').length)}</span>
      </p>
      {scores.map((one) => one.points && (
        <p key={one.id}>
          {one.points.map(({ code, points }) => `${code}: ${points}`).join(', ')}{' '}
          <State list="score_state" state={one.state} lang={lang} />
        </p>
      ))}
      <div class="mw-actions">
        {!own && <PointsForm {...part} quote={quote} />}
        {own && may(own, 'lock') && (
          <Act
            lang={lang}
            label={t.lock}
            about={quote.supplier_name}
            act={() => act(t.locked, () => command('/scores', own, 'lock'))}
          />
        )}
      </div>
    </article>
  );
};

const Result = (part: PartProps) => {
  const { deal, lang } = part;
  const t = texts(lang);
  const { ranking } = deal;
  if (!ranking?.items) return <Quiet>{t.waiting}</Quiet>;
  const best = Math.max(...ranking.items.map((one) => one.total_ppm));
  const nameOf = (id: string) => deal.quotes.find((quote) => quote.id === id)?.supplier_name ?? '';
  const resultOf = (one: api.QuoteResult, code: string) =>
    one.criteria.find((criterion) => criterion.code === code)?.result_ppm ?? 0;
  return (
    <Table<api.QuoteResult>
      caption={t.caption}
      rows={ranking.items}
      columns={[
        { head: t.supplier, cell: (one) => nameOf(one.quote_id) },
        ...criteriaOf(part).map(({ code }) => ({
          head: code,
          number: true,
          cell: (one: api.QuoteResult) => percent(resultOf(one, code), lang),
        })),
        {
          head: t.total,
          number: true,
          cell: (one: api.QuoteResult) => (
            <b class={one.total_ppm === best ? 'mw-best' : ''}>{percent(one.total_ppm, lang)}</b>
          ),
        },
      ]}
    />
  );
};

export const ScoresPart = (part: PartProps) => {
  const { deal, lang } = part;
  const t = texts(lang);
  const weighed = deal.quotes.filter(({ state }) => state === 'admitted');
  const scored = isBuyer(deal) && criteriaOf(part).length > 0 && weighed.length > 0;
  if (!scored || deal.need.state !== 'evaluating') return null;
  return (
    <>
      <Heading level={3} look={4}>
        {t.heading}
      </Heading>
      <p>{t.note}</p>
      {weighed.map((quote) => (
        <QuoteScores key={quote.id} {...part} quote={quote} />
      ))}
      <Result {...part} />
    </>
  );
};
