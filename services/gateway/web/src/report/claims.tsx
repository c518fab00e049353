// Figures that others published, each as it was written: beside our own count, never mixed with it.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../lib/api';
import { date, dictionary, type Lang } from '../lib/i18n';
import { Heading, Table } from '../lib/ui';
import type { Claim, ClaimPage } from '../gen/api';

const texts = dictionary(
  {
    title: 'Gepubliceerde cijfers van anderen',
    note:
      'Deze cijfers zijn overgenomen zoals ze er staan, met bron en datum. Soms spreken ze elkaar ' +
      'tegen. Wij tellen ze nooit op bij onze eigen telling hierboven.',
    subject: 'Onderwerp',
    value: 'Zoals gepubliceerd',
    source: 'Bron',
    asOf: 'Datum',
  },
  {
    title: 'Figures that others published',
    note:
      'These figures are quoted as they were written, with source and date. Sometimes they ' +
      'contradict each other. We never add them to our own count above.',
    subject: 'Subject',
    value: 'As published',
    source: 'Source',
    asOf: 'Date',
  },
);

export const Claims = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const [claims, setClaims] = useState<Claim[]>([]);
  useEffect(() => {
    get<ClaimPage>('/reports/claims')
      .then((page) => setClaims(page.items))
      .catch(() => setClaims([]));
  }, []);
  if (claims.length === 0) return null;
  return (
    <section class="mw-panel mw-claims" aria-labelledby="claims">
      <Heading level={2} look={3} id="claims">
        {t.title}
      </Heading>
      <p class="mw-quiet">{t.note}</p>
      <Table<Claim>
        caption={t.title}
        quiet
        rows={claims}
        columns={[
          {
            head: t.subject,
            cell: (claim) => `${claim.code}: ${lang === 'nl' ? claim.subject : claim.subject_en}`,
          },
          { head: t.value, cell: (claim) => <q>{claim.value}</q> },
          { head: t.source, cell: (claim) => claim.source },
          { head: t.asOf, cell: (claim) => date(claim.as_of, lang) },
        ]}
      />
    </section>
  );
};
