// Scores at the selection beside what became of it: shares with their interval, and none where there is too little to say.
import { useEffect, useState } from 'preact/hooks';
import { faultOf, get, type Fault } from '../lib/api';
import { dictionary, link, number, shared, word, type Lang } from '../lib/i18n';
import { A, Alert, FaultAlert, Heading, State, Table } from '../lib/ui';
import type { OutcomeShare, Round, RoundOutcomes } from '../gen/api';
import { score } from './result';

const texts = dictionary(
  {
    title: 'Zegt de score iets over wat ervan werd?',
    few: (count: string, least: string) => `Te weinig gegevens: ${count} initiatieven met een score; bij minder dan ${least} rekenen we niet.`,
    shares: 'Aandeel dat zo ver kwam, met het 95%-interval',
    part: 'Van wie',
    kind: 'Wat',
    came: 'Aantal',
    of: (came: string, all: string) => `${came} van ${all}`,
    share: 'Aandeel',
    interval: 'Interval (95 %)',
    range: (low: string, high: string) => `${low} % tot ${high} %`,
    how: 'Hoe dit is berekend',
    items: 'Wie een plaats nam, hoogste score eerst',
    initiative: 'Initiatief',
    total: 'Score van 100',
    now: 'Staat nu',
    realised: 'Gerealiseerd',
    financed: 'Gefinancierd',
    yes: 'ja',
    no: 'nee',
  },
  {
    title: 'Does the score say what became of it?',
    few: (count: string, least: string) => `Too little data: ${count} initiatives with a score; with fewer than ${least} we compute nothing.`,
    shares: 'Share that came that far, with the interval of 95 %',
    part: 'Of whom',
    kind: 'What',
    came: 'Number',
    of: (came: string, all: string) => `${came} of ${all}`,
    share: 'Share',
    interval: 'Interval (95 %)',
    range: (low: string, high: string) => `${low} % to ${high} %`,
    how: 'How this is computed',
    items: 'Who took a place, highest score first',
    initiative: 'Initiative',
    total: 'Score of 100',
    now: 'Is now',
    realised: 'Realised',
    financed: 'Financed',
    yes: 'yes',
    no: 'no',
  },
);

const Shares = ({ rows, lang }: { rows: OutcomeShare[]; lang: Lang }) => {
  const t = texts(lang);
  return (
    <Table
      caption={t.shares}
      rows={rows}
      columns={[
        { head: t.part, cell: (one) => word('score_half', one.part, lang) },
        { head: t.kind, cell: (one) => word('outcome_kind', one.kind, lang) },
        { head: t.came, number: true, cell: (one) => t.of(number(one.came, lang), number(one.of, lang)) },
        { head: t.share, number: true, cell: (one) => `${score(one.share_ppm, lang)} %` },
        { head: t.interval, number: true, cell: (one) => t.range(score(one.low_ppm, lang), score(one.high_ppm, lang)) },
      ]}
    />
  );
};

export const Outcomes = ({ round, lang }: { round: Round; lang: Lang }) => {
  const t = texts(lang);
  const [found, setFound] = useState<RoundOutcomes>();
  const [fault, setFault] = useState<Fault>();
  useEffect(
    () =>
      void get<RoundOutcomes>(`/rounds/${round.id}/outcomes`).then(setFound, (thrown: unknown) =>
        setFault(faultOf(thrown)),
      ),
    [round.id],
  );
  if (fault) return <FaultAlert fault={fault} lang={lang} />;
  if (!found) return <p role="status">{shared(lang).loading}</p>;
  return (
    <section class="mw-section" aria-labelledby="outcomes">
      <Heading level={2} look={3} id="outcomes">
        {t.title}
      </Heading>
      {found.enough ? (
        <Shares rows={found.shares} lang={lang} />
      ) : (
        <Alert>{t.few(number(found.counted, lang), number(found.least, lang))}</Alert>
      )}
      <details class="mw-more">
        <summary>{t.how}</summary>
        <p>{lang === 'en' ? found.formula_en : found.formula}</p>
      </details>
      {found.items.length > 0 && (
        <Table
          caption={t.items}
          rows={found.items}
          columns={[
            {
              head: t.initiative,
              cell: (one) => <A href={`${link('/initiatief/', lang)}?id=${one.initiative_id}`}>{one.title}</A>,
            },
            { head: t.total, number: true, cell: (one) => score(one.total_ppm, lang) },
            { head: t.now, cell: (one) => <State list="initiative_state" state={one.state} lang={lang} /> },
            { head: t.financed, cell: (one) => (one.financed ? t.yes : t.no) },
            { head: t.realised, cell: (one) => (one.realised ? t.yes : t.no) },
          ]}
        />
      )}
    </section>
  );
};
