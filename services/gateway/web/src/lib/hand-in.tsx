// Handing something in as a step: a text, files, or both.
import { useState } from 'preact/hooks';
import type { Document as Attachment } from '../gen/api';
import { AreaField } from './form';
import { dictionary, type Lang } from './i18n';
import { StepForm } from './step';
import { Upload } from './upload';

const texts = dictionary(
  { files: 'Bestanden', nothing: 'Geef een tekst of een bestand.' },
  { files: 'Files', nothing: 'Give a text or a file.' },
);

interface HandInProps {
  id: string;
  lang: Lang;
  label: string;
  about: string; // what it is handed in for
  text: string; // what the text is called in the record
  ask: string;
  hint: string;
  send: (body: object) => Promise<unknown>;
}

export const HandIn = ({ id, lang, label, about, text, ask, hint, send }: HandInProps) => {
  const t = texts(lang);
  const [written, setWritten] = useState('');
  const [documents, setDocuments] = useState<Attachment[]>([]);
  const body = {
    ...(written.trim() ? { [text]: written.trim() } : {}),
    ...(documents.length > 0 ? { documents: documents.map(({ file, name }) => ({ file, name })) } : {}),
  };
  return (
    <StepForm
      id={`hand-${id}`}
      lang={lang}
      label={label}
      about={about}
      check={() => (Object.keys(body).length === 0 ? { [text]: t.nothing } : {})}
      send={() => send(body)}
    >
      {(slot) => (
        <>
          <AreaField {...slot(text)} label={ask} hint={hint} rows={6} value={written} onValue={setWritten} />
          <Upload {...slot('documents')} label={t.files} documents={documents} onDocuments={(change) => setDocuments(change)} />
        </>
      )}
    </StepForm>
  );
};
