// What exactly a need asks and by what it is judged, and what changed since it came on the market.
import { useState } from 'preact/hooks';
import { command, may } from '../lib/api';
import { Files } from '../lib/files';
import { AreaField, ChecksField, type Faults } from '../lib/form';
import { dictionary, moment, number, word } from '../lib/i18n';
import { usualScale } from '../lib/need-parts';
import { StepForm } from '../lib/step';
import { Alert, Heading, Table } from '../lib/ui';
import type { PartProps } from './part';

const texts = dictionary(
  {
    lines: 'Wat er precies gevraagd wordt',
    what: 'Omschrijving',
    quantity: 'Aantal',
    must: 'Eisen',
    wish: 'Wensen',
    criteria: 'Waarop wordt beoordeeld',
    code: 'Code',
    kind: 'Soort',
    weight: 'Weging',
    points: 'Punten',
    upTo: (most: string) => `0 tot en met ${most}`,
    reserved: 'Voorbehouden opdracht',
    reservedText:
      'Alleen wie bij het indienen bewijst dat PSO 30+ of de status van sociaal werkbedrijf geldt, mag een offerte uitbrengen (artikel 2.82 Aanbestedingswet).',
    changes: 'Wat er veranderde',
    amend: 'Vraag aanpassen',
    amended: 'De vraag is aangepast. Wie was uitgenodigd, krijgt bericht.',
    summary: 'Wat verandert er, en waarom?',
    summaryHint: 'Leveranciers lezen dit.',
    short: 'Schrijf wat er verandert, in minstens 3 tekens.',
    description: 'Nieuwe omschrijving',
    major: 'Grote wijziging',
    majorOption: 'Leveranciers hebben hier meer tijd voor nodig: de termijn schuift op volgens het inkoopbeleid.',
    revision: (revision: number) => `Versie ${revision}`,
  },
  {
    lines: 'What exactly is asked',
    what: 'Description',
    quantity: 'Quantity',
    must: 'Requirements',
    wish: 'Wishes',
    criteria: 'By what quotes are judged',
    code: 'Code',
    kind: 'Kind',
    weight: 'Weight',
    points: 'Points',
    upTo: (most: string) => `0 to ${most}`,
    reserved: 'Reserved contract',
    reservedText:
      'Only who proves, when handing in, that PSO 30+ or sheltered employment holds may quote (article 2.82 of the Dutch Public Procurement Act).',
    changes: 'What changed',
    amend: 'Change the need',
    amended: 'The need is changed. Whoever was invited is told.',
    summary: 'What changes, and why?',
    summaryHint: 'Suppliers read this.',
    short: 'Write what changes, in at least 3 characters.',
    description: 'New description',
    major: 'Major change',
    majorOption: 'Suppliers need more time for it: the deadline moves by the purchasing policy.',
    revision: (revision: number) => `Revision ${revision}`,
  },
);

export const NeedDetails = ({ deal, lang }: PartProps) => {
  const { need } = deal;
  const t = texts(lang);
  const { spec_lines: lines = [], criteria = [], amendments = [] } = need;
  return (
    <>
      {need.reserved && (
        <Alert title={t.reserved}>
          <p>{t.reservedText}</p>
        </Alert>
      )}
      {lines.length > 0 && (
        <Table
          caption={t.lines}
          columns={[
            { head: t.what, cell: (line) => line.description },
            { head: t.quantity, cell: (line) => `${number(line.quantity, lang)} ${line.unit}` },
            { head: t.must, cell: (line) => line.must?.join('; ') ?? '' },
            { head: t.wish, cell: (line) => line.wish?.join('; ') ?? '' },
          ]}
          rows={lines}
        />
      )}
      {criteria.length > 0 && (
        <Table
          caption={t.criteria}
          columns={[
            { head: t.code, cell: (one) => one.code },
            { head: t.kind, cell: (one) => word('criterion_kind', one.kind, lang) },
            { head: t.what, cell: (one) => one.description },
            {
              head: t.weight,
              number: true,
              cell: (one) => (one.weight_ppm ? `${number(one.weight_ppm / 10_000, lang, 1)} %` : ''),
            },
            {
              head: t.points,
              cell: (one) => (one.kind === 'award' ? t.upTo(number(one.scale ?? usualScale, lang)) : ''),
            },
          ]}
          rows={criteria}
        />
      )}
      <Files documents={need.documents} lang={lang} />
      {amendments.length > 0 && (
        <>
          <Heading level={3} look={4}>
            {t.changes}
          </Heading>
          <ul class="mw-list">
            {amendments.map((one) => (
              <li key={one.revision}>
                <b>{t.revision(one.revision)}</b>, {moment(one.amended_at, lang)}: {one.summary}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};

export const AmendForm = ({ deal, lang, act }: PartProps) => {
  const { need } = deal;
  const t = texts(lang);
  const [summary, setSummary] = useState('');
  const [description, setDescription] = useState(need.description);
  const [major, setMajor] = useState<string[]>([]);
  if (!may(need, 'amend')) return null;
  const check = (): Faults => (summary.trim().length < 3 ? { summary: t.short } : {});
  const body = {
    summary: summary.trim(),
    major: major.length > 0,
    ...(description.trim() === need.description ? {} : { description: description.trim() }),
  };
  return (
    <StepForm
      id="need-amend"
      lang={lang}
      label={t.amend}
      check={check}
      send={() => act(t.amended, () => command('/needs', need, 'amend', body))}
    >
      {(slot) => (
        <>
          <AreaField
            {...slot('summary')}
            label={t.summary}
            hint={t.summaryHint}
            value={summary}
            onValue={setSummary}
          />
          <AreaField
            {...slot('description')}
            label={t.description}
            value={description}
            onValue={setDescription}
          />
          <ChecksField
            {...slot('major')}
            label={t.major}
            optional
            values={major}
            onValues={setMajor}
            options={[['major', t.majorOption]]}
          />
        </>
      )}
    </StepForm>
  );
};
