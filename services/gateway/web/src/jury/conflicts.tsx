// Who may not judge what, and how that is known: they said so, or it was found.
import type { Conflict } from '../gen/api';
import { dictionary, word, type Lang } from '../lib/i18n';
import { Heading, Table } from '../lib/ui';
import type { PartProps } from './board';

const texts = dictionary(
  {
    conflicts: 'Niet onpartijdig',
    about: 'Deze juryleden zien niets van deze initiatieven: geen dossier, geen score en geen telling.',
    none: 'Er is niets aangegeven en niets gevonden.',
    juror: 'Jurylid',
    initiative: 'Initiatief',
    source: 'Hoe bekend',
    said: (kind: string) => `zelf aangegeven: ${kind.toLowerCase()}`,
    declared: 'zelf aangegeven',
    organisation: 'gevonden: hoort of hoorde bij dezelfde organisatie',
    kvk: 'gevonden: hetzelfde KvK-nummer',
    address: 'gevonden: hetzelfde e-mailadres',
    domain: 'gevonden: e-mail bij hetzelfde domein',
    person: 'gevonden: dezelfde persoon',
    manages: 'gevonden: hoort bij wie de ronde uitvoert',
    applies: 'gevonden: de eigen organisatie doet mee in deze ronde',
  },
  {
    conflicts: 'Not impartial',
    about: 'These jurors see nothing of these initiatives: no dossier, no score and no count.',
    none: 'Nothing was declared and nothing was found.',
    juror: 'Juror',
    initiative: 'Initiative',
    source: 'How it is known',
    said: (kind: string) => `declared: ${kind.toLowerCase()}`,
    declared: 'declared',
    organisation: 'found: belongs or belonged to the same organisation',
    kvk: 'found: the same KvK number',
    address: 'found: the same e-mail address',
    domain: 'found: e-mail at the same domain',
    person: 'found: the same person',
    manages: 'found: belongs to who runs the round',
    applies: 'found: the own organisation applies in this round',
  },
);

const grounds = ['organisation', 'kvk', 'address', 'domain', 'person', 'manages', 'applies'] as const;

// How one conflict is known, in words; what the juror said themselves comes first.
export const sourcesOf = (one: Conflict, lang: Lang): string[] => {
  const t = texts(lang);
  const said = one.grounds.includes('declared') ? [one.kind ? t.said(word('conflict_kind', one.kind, lang)) : t.declared] : [];
  return [...said, ...grounds.filter((ground) => one.grounds.includes(ground)).map((ground) => t[ground])];
};

export const Conflicts = ({ jury, lang }: PartProps) => {
  const t = texts(lang);
  return (
    <section class="mw-section" aria-labelledby="conflicts">
      <Heading level={2} look={3} id="conflicts">
        {t.conflicts}
      </Heading>
      {jury.conflicts.length === 0 ? (
        <p class="mw-quiet">{t.none}</p>
      ) : (
        <>
          <p class="mw-quiet">{t.about}</p>
          <Table
            caption={t.conflicts}
            quiet
            rows={jury.conflicts}
            columns={[
              { head: t.juror, cell: (one) => jury.names.get(one.juror_id) ?? one.organisation_name },
              { head: t.initiative, cell: (one) => one.title },
              {
                head: t.source,
                cell: (one) => (
                  <>
                    {sourcesOf(one, lang).join('; ')}
                    {one.note && <div class="mw-quiet">{one.note}</div>}
                  </>
                ),
              },
            ]}
          />
        </>
      )}
    </section>
  );
};
