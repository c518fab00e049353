// What a round yielded: jobs by kind, and how long it took from selection to a first accepted delivery; each with what it means.
import type { Initiative, RoundReport } from '../gen/api';
import { date, dictionary, link, number, word, type Lang } from '../lib/i18n';
import { A, Heading, Hidden, Table } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Wat de ronde opleverde',
    jobs: 'Banen, per soort',
    kind: 'Soort',
    count: 'Aantal',
    fte: 'Fte',
    at: 'Initiatieven',
    way: 'Van selectie naar eerste levering',
    initiative: 'Initiatief',
    selected: 'Geselecteerd',
    accepted: 'Eerste levering geaccepteerd',
    days: 'Dagen',
    notYet: 'nog niet',
    median: (days: string) => `Mediaan: ${days} dagen.`,
    look: 'Bekijk',
    means: 'Wat telt mee?',
    source: (seqs: string) => `Geteld uit gebeurtenissen ${seqs}.`,
  },
  {
    title: 'What the round yielded',
    jobs: 'Jobs, by kind',
    kind: 'Kind',
    count: 'Number',
    fte: 'Fte',
    at: 'Initiatives',
    way: 'From selection to first delivery',
    initiative: 'Initiative',
    selected: 'Selected',
    accepted: 'First delivery accepted',
    days: 'Days',
    notYet: 'not yet',
    median: (days: string) => `Median: ${days} days.`,
    look: 'Look',
    means: 'What counts?',
    source: (seqs: string) => `Counted from events ${seqs}.`,
  },
);

// The report names no initiative; `known` are those that the caller may read.
export const Yield = ({ report, known, lang }: { report: RoundReport; known: readonly Initiative[]; lang: Lang }) => {
  const t = texts(lang);
  const figure = (name: string) => report.figures.find((one) => one.name === name);
  const meaning = (name: string, about: string) => {
    const one = figure(name);
    return (
      one && (
        <details class="mw-more">
          <summary>
            {t.means}
            <Hidden>: {about}</Hidden>
          </summary>
          <p>{lang === 'nl' ? one.definition : one.definition_en}</p>
          {name === 'jobs' && <p class="mw-quiet">{t.source(report.job_items.map(({ seq }) => number(seq, lang)).join(', '))}</p>}
        </details>
      )
    );
  };
  const median = figure('days_to_delivery');
  if (report.jobs.length === 0 && report.graduates.length === 0) return null;
  return (
    <section class="mw-panel" aria-labelledby="yield">
      <Heading level={2} look={3} id="yield">
        {t.title}
      </Heading>
      {report.jobs.length > 0 && (
        <>
          <Table
            caption={t.jobs}
            rows={report.jobs}
            columns={[
              { head: t.kind, cell: (one) => word('job_kind', one.kind, lang) },
              { head: t.count, number: true, cell: (one) => number(one.count, lang) },
              { head: t.fte, number: true, cell: (one) => number(one.fte_hundredths / 100, lang, 2) },
              { head: t.at, number: true, cell: (one) => number(one.initiatives, lang) },
            ]}
          />
          {meaning('jobs', t.jobs)}
        </>
      )}
      {report.graduates.length > 0 && (
        <>
          <Table
            caption={t.way}
            rows={report.graduates}
            columns={[
              {
                head: t.initiative,
                cell: (one) => <A href={`${link('/initiatief/', lang)}?id=${one.initiative_id}`}>{known.find(({ id }) => id === one.initiative_id)?.title ?? one.enterprise_name ?? t.look}</A>,
              },
              { head: t.selected, cell: (one) => one.selected_on && date(one.selected_on, lang) },
              { head: t.accepted, cell: (one) => (one.accepted_on ? date(one.accepted_on, lang) : t.notYet) },
              { head: t.days, number: true, cell: (one) => one.days !== undefined && number(one.days, lang) },
            ]}
          />
          {median && <p>{t.median(number(median.value, lang))}</p>}
          {meaning('days_to_delivery', t.way)}
        </>
      )}
    </section>
  );
};
