// Many offers at once: a template, a table that is looked at before anything is kept, and its good rows as concepts.
import { useEffect, useState } from 'preact/hooks';
import type {
  Document as Attachment,
  Me,
  OfferImport,
  OfferPreview,
  SheetFault,
  SheetOffer,
} from '../gen/api';
import { create, faultOf, hasRole, loginAddress, me, type Fault } from '../lib/api';
import { dictionary, euro, link, shared, word, wordsOf, type Lang, type WordList } from '../lib/i18n';
import { Act } from '../lib/form';
import type { Meta, PageProps } from '../lib/page';
import { reasonInWords } from '../lib/reasons';
import { A, Alert, Crumbs, FaultAlert, Heading, P, Table } from '../lib/ui';
import { Upload } from '../lib/upload';
import { Download, type Cell } from '../report/csv';

export const meta: Meta = {
  title: { nl: 'Veel aanbod tegelijk', en: 'Many offers at once' },
  about: {
    nl: 'Zet een tabel met uw producten en diensten in één keer klaar als concept.',
    en: 'Make concepts of a table of your products and services in one go.',
  },
};

const texts = dictionary(
  {
    template: '1. Vul de tabel in',
    templateText:
      'Haal het sjabloon op en vul een rij in voor elk aanbod. Rijen die met # beginnen, tellen niet mee. Er kunnen hoogstens 500 rijen in.',
    download: 'Sjabloon',
    send: '2. Stuur de tabel',
    table: 'Uw tabel, als CSV of Excel (xlsx)',
    hint: 'Hoogstens 5 MB. Er wordt nog niets bewaard.',
    look: '3. Kijk na wat er komt',
    looking: 'De tabel wordt nagekeken.',
    good: (good: number, rows: number) => `${good} van de ${rows} rijen zijn goed.`,
    faults: 'Wat er niet klopt',
    offers: 'Wat een concept wordt',
    row: 'Rij',
    column: 'Kolom',
    value: 'Wat er staat',
    reason: 'Wat er mis is',
    title: 'Titel',
    kind: 'Soort',
    price: 'Prijs vanaf',
    onRequest: 'op aanvraag',
    make: (count: number) => `Maak ${count} ${count === 1 ? 'concept' : 'concepten'}`,
    again: 'Verbeter de andere rijen in uw tabel en stuur haar daarna opnieuw; haal de goede rijen er dan uit.',
    made: (made: number) => `${made} ${made === 1 ? 'concept staat' : 'concepten staan'} klaar.`,
    left: (left: number) => `${left} ${left === 1 ? 'rij is' : 'rijen zijn'} niet overgenomen.`,
    mine: 'Naar mijn aanbod',
    alone: 'Alleen een onderneming met de rol leverancier kan aanbod invoeren.',
  },
  {
    template: '1. Fill in the table',
    templateText:
      'Get the template and fill in a row for each offer. Rows that begin with # do not count. There can be at most 500 rows.',
    download: 'Template',
    send: '2. Send the table',
    table: 'Your table, as CSV or Excel (xlsx)',
    hint: 'At most 5 MB. Nothing is kept yet.',
    look: '3. Look at what will come',
    looking: 'The table is being looked at.',
    good: (good: number, rows: number) => `${good} of ${rows} rows are good.`,
    faults: 'What is wrong',
    offers: 'What becomes a concept',
    row: 'Row',
    column: 'Column',
    value: 'What stands there',
    reason: 'What is wrong',
    title: 'Title',
    kind: 'Kind',
    price: 'Price from',
    onRequest: 'on request',
    make: (count: number) => `Make ${count} ${count === 1 ? 'concept' : 'concepts'}`,
    again: 'Mend the other rows in your table and send it again; take the good rows out first.',
    made: (made: number) => `${made} ${made === 1 ? 'concept is' : 'concepts are'} ready.`,
    left: (left: number) => `${left} ${left === 1 ? 'row was' : 'rows were'} left.`,
    mine: 'To my offers',
    alone: 'Only an enterprise with the role of supplier can enter offers.',
  },
);

const oneOf = (list: WordList) =>
  wordsOf(list)
    .map((key) => word(list, key, 'nl'))
    .join(' / ');

// Headings, what to write below each, and an example. Lines that begin with # are left alone.
const template = (): Cell[][] => {
  const columns: [string, string, string][] = [
    ['Titel', '# 3 tot 120 tekens', '# Lunch voor 40 personen'],
    ['Titel (Engels)', 'mag leeg', 'Lunch for 40'],
    ['Omschrijving', '20 tot 4000 tekens', 'Wij maken lunch met mensen die lang thuis zaten.'],
    ['Soort', oneOf('offer_kind'), 'Dienst'],
    ['Sector', oneOf('sector'), 'Catering en ontmoeting'],
    ['CPV-code', 'zoals 55520000-1', '55520000-1'],
    ['Prijs vanaf', 'in euro zonder btw; leeg is op aanvraag', '12,50'],
    ['Eenheid', 'uur, stuk of persoon', 'persoon'],
    ['Btw', oneOf('vat_rate'), '9% btw'],
    ['Levertijd in dagen', 'heel getal, 0 tot 730', '3'],
    ['Hoogstens per bestelling', 'heel getal; mag leeg', '200'],
    ['Landelijk', 'ja of nee', 'nee'],
    ['Gemeenten', 'CBS-codes met | ertussen; leeg als u landelijk levert', 'GM0153 | GM0164'],
    ['Doelen', `met | ertussen: ${oneOf('impact_goal')}`, 'Minder afval'],
    ['Doelgroepen', `met | ertussen: ${oneOf('target_group')}`, 'Statushouders'],
    ['Impact', 'één zin; mag leeg', 'Vijf mensen vonden hier werk.'],
  ];
  return [0, 1, 2].map((at) => columns.map((column) => column[at] ?? ''));
};

const FaultTable = ({ lang, faults }: { lang: Lang; faults: readonly SheetFault[] }) => {
  const t = texts(lang);
  return (
    <Table
      caption={t.faults}
      columns={[
        { head: t.row, number: true, cell: (one) => one.row },
        { head: t.column, cell: (one) => one.column ?? '' },
        { head: t.value, cell: (one) => one.value ?? '' },
        { head: t.reason, cell: (one) => reasonInWords(one.reason, lang) },
      ]}
      rows={faults}
    />
  );
};

const OfferTable = ({ lang, offers }: { lang: Lang; offers: readonly SheetOffer[] }) => {
  const t = texts(lang);
  return (
    <Table
      caption={t.offers}
      columns={[
        { head: t.row, number: true, cell: (one) => one.row },
        { head: t.title, cell: (one) => one.title },
        { head: t.kind, cell: (one) => word('offer_kind', one.kind, lang) },
        {
          head: t.price,
          number: true,
          cell: (one) =>
            one.price_cents === undefined
              ? t.onRequest
              : `${euro(one.price_cents, lang, true)} / ${one.unit}`,
        },
      ]}
      rows={offers}
    />
  );
};

const Result = ({ lang, done }: { lang: Lang; done: OfferImport }) => {
  const t = texts(lang);
  return (
    <Alert kind="ok" title={t.made(done.made)}>
      {done.left > 0 && <p>{t.left(done.left)}</p>}
      <A href={link('/mijn/', lang)}>{t.mine}</A>
    </Alert>
  );
};

const Sheet = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const [files, setFiles] = useState<Attachment[]>([]);
  const [seen, setSeen] = useState<OfferPreview>();
  const [done, setDone] = useState<OfferImport>();
  const [fault, setFault] = useState<Fault>();
  const file = files[0]?.file;
  useEffect(() => {
    setSeen(undefined);
    setDone(undefined);
    setFault(undefined);
    if (!file) return;
    create<OfferPreview>('/offers/_preview', { file }).then(setSeen, (thrown: unknown) =>
      setFault(faultOf(thrown)),
    );
  }, [file]);
  return (
    <>
      <Heading level={2}>{t.send}</Heading>
      <Upload
        name="table"
        label={t.table}
        hint={t.hint}
        accept=".csv,.txt,.xlsx"
        most={1}
        lang={lang}
        documents={files}
        onDocuments={(next) => setFiles((before) => next(before))}
      />
      {file && !seen && !fault && <p role="status">{t.looking}</p>}
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {seen && (
        <section aria-labelledby="look">
          <Heading level={2} id="look">
            {t.look}
          </Heading>
          <p role="status">{t.good(seen.offers.length, seen.rows)}</p>
          {seen.faults.length > 0 && <FaultTable lang={lang} faults={seen.faults} />}
          {seen.offers.length > 0 && <OfferTable lang={lang} offers={seen.offers} />}
          {seen.faults.length > 0 && seen.offers.length > 0 && !done && <P>{t.again}</P>}
          {done ? (
            <Result lang={lang} done={done} />
          ) : (
            seen.offers.length > 0 && (
              <div class="mw-actions">
                <Act
                  lang={lang}
                  label={t.make(seen.offers.length)}
                  act={async () => setDone(await create<OfferImport>('/offers/_import', { file }))}
                />
              </div>
            )
          )}
        </section>
      )}
    </>
  );
};

export default function Import({ lang }: PageProps) {
  const t = texts(lang);
  const [caller, setCaller] = useState<Me>();
  useEffect(() => void me().then(setCaller), []);
  return (
    <div class="mw-wrap mw-page mw-import">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      <P lead>{meta.about[lang]}</P>
      {caller && !caller.account_id && (
        <Alert title={shared(lang).loginFirst}>
          <A href={loginAddress(lang)}>{shared(lang).login}</A>
        </Alert>
      )}
      {caller?.account_id && !hasRole(caller, 'SUPPLIER') && (
        <Alert>
          <p>{t.alone}</p>
        </Alert>
      )}
      <Heading level={2}>{t.template}</Heading>
      <P>{t.templateText}</P>
      <Download lang="nl" label={t.download} file="aanbod-sjabloon" rows={template} />
      {hasRole(caller, 'SUPPLIER') && <Sheet lang={lang} />}
    </div>
  );
}
