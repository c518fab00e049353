// What an initiative hands in: its versions, handing in a new one, and what is said of it.
import { useState } from 'preact/hooks';
import type { Deliverable } from '../gen/api';
import { command, may, type Stored } from '../lib/api';
import { Act, AreaField, type Faults } from '../lib/form';
import { Files } from '../lib/files';
import { date, dictionary, moment, word, type Lang } from '../lib/i18n';
import { StepForm } from '../lib/step';
import { State } from '../lib/ui';
import { Upload } from '../lib/upload';

const texts = dictionary(
  {
    due: (when: string) => `Inleveren tot en met ${when}`,
    hand: 'Inleveren',
    text: 'Tekst',
    textHint: 'Tekst, een bestand, of allebei.',
    files: 'Bestanden',
    nothing: 'Geef een tekst of een bestand.',
    version: (nth: string, when: string) => `Versie ${nth}, ingeleverd ${when}`,
    remarks: 'Opmerkingen',
    accept: 'Goedkeuren',
    return: 'Teruggeven met opmerkingen',
    needRemarks: 'Schrijf op wat er beter moet.',
    drop: 'Niet meer nodig',
    of: (title: string) => `van ${title}`,
  },
  {
    due: (when: string) => `Hand in by ${when}`,
    hand: 'Hand in',
    text: 'Text',
    textHint: 'Text, a file, or both.',
    files: 'Files',
    nothing: 'Give a text or a file.',
    version: (nth: string, when: string) => `Version ${nth}, handed in ${when}`,
    remarks: 'Remarks',
    accept: 'Accept',
    return: 'Return with remarks',
    needRemarks: 'Write down what has to be better.',
    drop: 'Not needed any more',
    of: (title: string) => `of ${title}`,
  },
);

export type Acting = (work: () => Promise<unknown>) => Promise<void>;

interface OneProps {
  one: Stored<Deliverable>;
  lang: Lang;
  act: Acting;
}

type Documents = NonNullable<Parameters<typeof Files>[0]['documents']>;

const HandIn = ({ one, lang, act }: OneProps) => {
  const t = texts(lang);
  const [text, setText] = useState('');
  const [documents, setDocuments] = useState<Documents>([]);
  const body = () => ({
    ...(text.trim() ? { text: text.trim() } : {}),
    ...(documents.length > 0 ? { documents: documents.map(({ file, name }) => ({ file, name })) } : {}),
  });
  return (
    <StepForm
      id={`hand-${one.id}`}
      lang={lang}
      label={t.hand}
      about={word('deliverable_kind', one.kind, lang)}
      check={(): Faults => (Object.keys(body()).length === 0 ? { text: t.nothing } : {})}
      send={() => act(() => command('/deliverables', one, 'hand', body()))}
    >
      {(slot) => (
        <>
          <AreaField {...slot('text')} label={t.text} hint={t.textHint} value={text} onValue={setText} rows={6} />
          <Upload {...slot('documents')} label={t.files} documents={documents} onDocuments={(change) => setDocuments((before) => change(before))} />
        </>
      )}
    </StepForm>
  );
};

const Judge = ({ one, lang, act }: OneProps) => {
  const t = texts(lang);
  const [remarks, setRemarks] = useState('');
  return (
    <>
      <Act lang={lang} label={t.accept} about={word('deliverable_kind', one.kind, lang)} act={() => act(() => command('/deliverables', one, 'accept'))} />
      <StepForm
        id={`return-${one.id}`}
        lang={lang}
        label={t.return}
        about={word('deliverable_kind', one.kind, lang)}
        check={(): Faults => (remarks.trim().length < 3 ? { remarks: t.needRemarks } : {})}
        send={() => act(() => command('/deliverables', one, 'return', { remarks: remarks.trim() }))}
      >
        {(slot) => <AreaField {...slot('remarks')} label={t.remarks} value={remarks} onValue={setRemarks} />}
      </StepForm>
    </>
  );
};

export const DeliverableRow = ({ one, lang, act, named }: OneProps & { named?: boolean }) => {
  const t = texts(lang);
  return (
    <>
      <div>
        <b>{word('deliverable_kind', one.kind, lang)}</b> {named && t.of(one.title ?? '')}{' '}
        <State list="deliverable_state" state={one.state} lang={lang} />
        {one.due_at && <div class="mw-quiet">{t.due(date(one.due_at, lang))}</div>}
        {one.versions?.map((version) => (
          <details key={version.number} open={version.number === one.versions?.[0]?.number}>
            <summary>{t.version(String(version.number), moment(version.handed_in_at ?? '', lang))}</summary>
            {version.text && <p class="mw-long">{version.text}</p>}
            <Files documents={version.documents} lang={lang} />
            {version.remarks && (
              <p>
                <b>{t.remarks}:</b> {version.remarks}
              </p>
            )}
          </details>
        ))}
      </div>
      <div>
        {may(one, 'hand') && <HandIn one={one} lang={lang} act={act} />}
        {may(one, 'accept') && <Judge one={one} lang={lang} act={act} />}
        {may(one, 'drop') && <Act lang={lang} kind="subtle" label={t.drop} about={word('deliverable_kind', one.kind, lang)} act={() => act(() => command('/deliverables', one, 'drop'))} />}
      </div>
    </>
  );
};
