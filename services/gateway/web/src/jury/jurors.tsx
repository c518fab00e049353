// Who is in the jury: their seat, whether they may read yet, what they still have to give, and who is late.
import type { Juror } from '../gen/api';
import type { Stored } from '../lib/api';
import { dictionary, moment, number, word, type Lang } from '../lib/i18n';
import { Badge, Heading, Table } from '../lib/ui';
import type { PartProps } from './board';

const texts = dictionary(
  {
    jurors: 'Juryleden',
    none: 'Er zit nog niemand in de jury. Partners met een stoel nemen zelf plaats op deze pagina.',
    until: (when: string) => `De jury beoordeelt tot ${when}.`,
    juror: 'Jurylid',
    status: 'Kan lezen',
    stale: 'Nee, adressen vergelijken',
    undeclared: 'Nee, eerst aangeven waar niet onpartijdig',
    ready: 'Ja',
    conflicts: 'Beoordeelt niet',
    given: 'Beoordeeld',
    of: (done: string, all: string) => `${done} van ${all}`,
    behind: (count: string) => `nog ${count}`,
    late: (count: string) => `te laat: nog ${count}`,
  },
  {
    jurors: 'Jurors',
    none: 'Nobody is in the jury yet. Partners with a seat take their place on this page.',
    until: (when: string) => `The jury scores until ${when}.`,
    juror: 'Juror',
    status: 'Can read',
    stale: 'No, addresses to be compared',
    undeclared: 'No, has to say where they are not impartial',
    ready: 'Yes',
    conflicts: 'Does not judge',
    given: 'Judged',
    of: (done: string, all: string) => `${done} of ${all}`,
    behind: (count: string) => `${count} to go`,
    late: (count: string) => `late: ${count} to go`,
  },
);

const statusOf = (one: Juror, lang: Lang) => {
  const t = texts(lang);
  if (one.state === 'left') return word('juror_state', 'left', lang);
  if (one.stale) return t.stale;
  return one.declared_at ? t.ready : t.undeclared;
};

const leftOf = (one: Juror) => (one.assigned ?? 0) - (one.locked ?? 0);
const isLate = (one: Juror) => leftOf(one) > 0 && one.scored_by !== undefined && Date.parse(one.scored_by) < Date.now();

const Given = ({ one, lang }: { one: Juror; lang: Lang }) => {
  const t = texts(lang);
  const left = number(leftOf(one), lang);
  return (
    <>
      {t.of(number(one.locked ?? 0, lang), number(one.assigned ?? 0, lang))}{' '}
      {one.state === 'active' && leftOf(one) > 0 && (
        <Badge tone={isLate(one) ? 'bad' : 'warn'}>{isLate(one) ? t.late(left) : t.behind(left)}</Badge>
      )}
    </>
  );
};

export const JurorTable = ({ round, jury, lang }: PartProps) => {
  const t = texts(lang);
  const barred = (one: Stored<Juror>) => jury.conflicts.filter(({ juror_id }) => juror_id === one.id).length;
  return (
    <section class="mw-section" aria-labelledby="jurors">
      <Heading level={2} look={3} id="jurors">
        {t.jurors}
      </Heading>
      {round.scored_by && round.state === 'scoring' && <p>{t.until(moment(round.scored_by, lang))}</p>}
      {jury.jurors.length === 0 ? (
        <p class="mw-quiet">{t.none}</p>
      ) : (
        <Table
          caption={t.jurors}
          quiet
          rows={jury.jurors}
          columns={[
            { head: t.juror, cell: (one) => jury.names.get(one.id) },
            { head: t.status, cell: (one) => statusOf(one, lang) },
            { head: t.conflicts, number: true, cell: (one) => number(barred(one), lang) },
            { head: t.given, cell: (one) => <Given one={one} lang={lang} /> },
          ]}
        />
      )}
    </section>
  );
};
