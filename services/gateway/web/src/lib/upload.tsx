// Files of a record: choosing or dropping them, how far each is, and what is wrong with one.
import { useId, useRef, useState } from 'preact/hooks';
import type { Document as Attachment } from '../gen/api';
import { Fault, faultOf, me } from './api';
import { addressOf, isPhoto, megabyte, sizeOf } from './files';
import { Check, TextField } from './form';
import { dictionary, type Lang } from './i18n';
import { Button, Hidden, Icon } from './ui';

const photoTypes = '.png,.jpg,.jpeg,.webp';
const allTypes = `${photoTypes},.pdf,.docx,.xlsx,.odt,.csv,.xml,.txt`;
const photoMost = 10 * megabyte;
const documentMost = 25 * megabyte;

const texts = dictionary(
  {
    choose: 'Kies bestanden',
    drop: 'of sleep ze hierheen',
    photosHint: 'PNG, JPEG of WebP, hoogstens 10 MB. Waar en wanneer een foto is gemaakt, halen wij eruit.',
    allHint: 'Foto’s tot 10 MB; PDF, Word, Excel, OpenDocument, CSV, XML en tekst tot 25 MB.',
    sending: (name: string, percent: number) => `${name}: ${percent}% verzonden`,
    checking: (name: string) => `${name}: wordt nagekeken`,
    sent: (name: string) => `${name} is toegevoegd.`,
    gone: (name: string) => `${name} is weggehaald.`,
    remove: 'Weghalen',
    stop: 'Stoppen',
    photoLarge: 'Deze foto is groter dan 10 MB. Maak haar kleiner.',
    large: (most: number) => `Dit bestand is groter dan ${most} MB.`,
    empty: 'Dit bestand is leeg.',
    onlyPhotos: 'Kies een foto: PNG, JPEG of WebP.',
    full: (most: number) => `Er kunnen hoogstens ${most} bestanden bij.`,
    broken: 'De verbinding viel weg. Probeer het nog eens.',
    label: (name: string) => `Wat is er te zien op ${name}?`,
    labelHint: 'Een paar woorden, voor wie de foto niet kan zien.',
    secret: (name: string) => `${name} is vertrouwelijk: alleen voor wie is uitgenodigd`,
  },
  {
    choose: 'Choose files',
    drop: 'or drag them here',
    photosHint: 'PNG, JPEG or WebP, at most 10 MB. We take out where and when a photo was taken.',
    allHint: 'Photos up to 10 MB; PDF, Word, Excel, OpenDocument, CSV, XML and text up to 25 MB.',
    sending: (name: string, percent: number) => `${name}: ${percent}% sent`,
    checking: (name: string) => `${name}: is being checked`,
    sent: (name: string) => `${name} was added.`,
    gone: (name: string) => `${name} was taken away.`,
    remove: 'Take away',
    stop: 'Stop',
    photoLarge: 'This photo is larger than 10 MB. Make it smaller.',
    large: (most: number) => `This file is larger than ${most} MB.`,
    empty: 'This file is empty.',
    onlyPhotos: 'Choose a photo: PNG, JPEG or WebP.',
    full: (most: number) => `There can be at most ${most} files.`,
    broken: 'The connection was lost. Try again.',
    label: (name: string) => `What can be seen on ${name}?`,
    labelHint: 'A few words, for who cannot see the photo.',
    secret: (name: string) => `${name} is confidential: only for who is invited`,
  },
);

const answered = (xhr: XMLHttpRequest): Fault => {
  const read = (): { detail?: string; title?: string } => {
    try {
      return JSON.parse(xhr.responseText) as { detail?: string };
    } catch {
      return {};
    }
  };
  return new Fault(xhr.status, '', read().detail ?? read().title ?? '');
};

// Sends one file; `part` hears from 0 to 1 how far it is. fetch cannot tell that yet.
const send = async (
  file: File,
  part: (done: number) => void,
  signal: AbortSignal,
): Promise<Attachment> => {
  const token = (await me()).csrf_token ?? '';
  return new Promise((done, failed) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', `/v1/files?name=${encodeURIComponent(file.name.slice(-200) || 'bestand')}`);
    xhr.setRequestHeader('Content-Type', 'application/octet-stream');
    xhr.setRequestHeader('X-CSRF-Token', token);
    xhr.setRequestHeader('Accept-Language', document.documentElement.lang);
    xhr.upload.onprogress = ({ loaded, total }) => part(total > 0 ? loaded / total : 0);
    xhr.onload = () =>
      xhr.status === 201
        ? done(JSON.parse(xhr.responseText) as Attachment)
        : failed(answered(xhr));
    xhr.onerror = () => failed(new Fault(0, 'unreachable', ''));
    xhr.onabort = () => failed(new Fault(0, 'stopped', ''));
    signal.addEventListener('abort', () => xhr.abort());
    xhr.send(file);
  });
};

interface Sending {
  key: number;
  name: string;
  part: number;
  stop: AbortController;
  fault?: string;
}

export interface UploadProps {
  name: string;
  label: string;
  lang: Lang;
  documents: readonly Attachment[];
  onDocuments: (change: (before: readonly Attachment[]) => Attachment[]) => void;
  most?: number;
  megabytes?: number; // millions of bytes each; the platform's own bounds when absent
  photos?: boolean; // nothing but photos
  secrets?: boolean; // some may be confidential
  accept?: string; // other endings than those
  hint?: string;
  fault?: string;
}

const wrongWith = (file: File, props: UploadProps): string | undefined => {
  const t = texts(props.lang);
  const photo = /\.(png|jpe?g|webp)$/i.test(file.name) || file.type.startsWith('image/');
  if (file.size === 0) return t.empty;
  if (props.photos && !photo) return t.onlyPhotos;
  if (props.megabytes && file.size > props.megabytes * 1_000_000) return t.large(props.megabytes);
  if (photo && file.size > photoMost) return t.photoLarge;
  return file.size > documentMost ? t.large(25) : undefined;
};

let keys = 0;

// What is being sent, and how to begin: each file by itself, so that one that is wrong keeps no other.
const useSending = (props: UploadProps, say: (text: string) => void) => {
  const t = texts(props.lang);
  const [sending, setSending] = useState<Sending[]>([]);
  const change = (key: number, what: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...what } : one)));
  const forget = (key: number) => setSending((all) => all.filter((one) => one.key !== key));

  const one = async (file: File, key: number, stop: AbortController) => {
    try {
      const document = await send(file, (part) => change(key, { part }), stop.signal);
      props.onDocuments((before) => [
        ...before.filter((other) => other.file !== document.file),
        { ...document, ...(isPhoto(document) ? { kind: 'photo' as const } : {}) },
      ]);
      forget(key);
      say(t.sent(document.name ?? file.name));
    } catch (thrown) {
      const fault = faultOf(thrown);
      if (fault.reason === 'stopped') forget(key);
      else change(key, { fault: fault.message || t.broken });
    }
  };

  const begin = (files: readonly File[]) => {
    const room = (props.most ?? 12) - props.documents.length - sending.filter((s) => !s.fault).length;
    const fresh = files.map((file, at) => {
      const stop = new AbortController();
      const key = ++keys;
      const fault = at < room ? wrongWith(file, props) : t.full(props.most ?? 12);
      return { file, row: { key, name: file.name, part: 0, stop, fault } };
    });
    setSending((all) => [...all.filter((s) => !s.fault), ...fresh.map(({ row }) => row)]);
    for (const { file, row } of fresh) if (!row.fault) void one(file, row.key, row.stop);
  };
  return { sending, begin, forget };
};

const Progress = ({ one, lang, forget }: { one: Sending; lang: Lang; forget: () => void }) => {
  const t = texts(lang);
  const percent = Math.round(100 * one.part);
  return (
    <li class={one.fault ? 'is-wrong' : ''}>
      <span class="mw-files__name">
        {one.fault ? (
          <span role="alert">
            <strong>{one.name}</strong>: {one.fault}
          </span>
        ) : (
          <>
            <span>{percent < 100 ? t.sending(one.name, percent) : t.checking(one.name)}</span>
            <progress max={100} value={percent} aria-label={one.name} />
          </>
        )}
      </span>
      <Button kind="subtle" onClick={() => (one.fault ? forget() : one.stop.abort())}>
        {one.fault ? t.remove : t.stop}
        <Hidden>: {one.name}</Hidden>
      </Button>
    </li>
  );
};

interface KeptProps {
  one: Attachment;
  lang: Lang;
  id: string;
  secrets: boolean | undefined;
  change: (what: Partial<Attachment>) => void;
  remove: () => void;
}

const Kept = ({ one, lang, id, secrets, change, remove }: KeptProps) => {
  const t = texts(lang);
  return (
    <li>
      {isPhoto(one) ? (
        <img src={addressOf(one)} alt="" width={96} height={72} loading="lazy" />
      ) : (
        <Icon n="paperclip" />
      )}
      <span class="mw-files__name">
        <span>
          {one.name} <span class="mw-quiet">{sizeOf(one.size, lang)}</span>
        </span>
        {isPhoto(one) && (
          <TextField
            name={id}
            lang={lang}
            label={t.label(one.name ?? '')}
            hint={t.labelHint}
            optional
            value={one.label ?? ''}
            onValue={(label) => change({ label: label || undefined })}
          />
        )}
        {secrets && (
          <Check
            label={t.secret(one.name ?? '')}
            on={one.confidential ?? false}
            set={(on) => change({ confidential: on || undefined })}
          />
        )}
      </span>
      <Button kind="subtle" onClick={remove}>
        {t.remove}
        <Hidden>: {one.name}</Hidden>
      </Button>
    </li>
  );
};

export const Upload = (props: UploadProps) => {
  const { name, label, lang, documents, onDocuments, photos, fault } = props;
  const t = texts(lang);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [said, setSaid] = useState('');
  const { sending, begin, forget } = useSending(props, setSaid);
  const change = (file: string, what: Partial<Attachment>) =>
    onDocuments((before) => before.map((one) => (one.file === file ? { ...one, ...what } : one)));
  const remove = (gone: Attachment) => {
    onDocuments((before) => before.filter((one) => one.file !== gone.file));
    setSaid(t.gone(gone.name ?? ''));
    input.current?.focus();
  };
  return (
    <div class={`utrecht-form-field mw-field ${fault ? 'is-invalid' : ''}`}>
      <label class="utrecht-form-label" for={name}>
        {label}
      </label>
      <div class="utrecht-form-field-description" id={`${name}-hint`}>
        {props.hint ?? (photos ? t.photosHint : t.allHint)}
      </div>
      {fault && (
        <div class="utrecht-form-field-error-message" id={`${name}-fault`}>
          {fault}
        </div>
      )}
      <div
        class={`mw-drop ${over ? 'is-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          begin([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <input
          ref={input}
          id={name}
          name={name}
          type="file"
          multiple={props.most !== 1}
          accept={props.accept ?? (photos ? photoTypes : allTypes)}
          aria-describedby={`${name}-hint${fault ? ` ${name}-fault` : ''}`}
          aria-invalid={fault ? 'true' : undefined}
          onChange={(event) => {
            begin([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <span class="mw-quiet">{t.drop}</span>
      </div>
      <ul class="mw-files">
        {documents.map((one) => (
          <Kept
            key={one.file}
            one={one}
            lang={lang}
            id={`${id}-${one.file.slice(0, 12)}`}
            secrets={props.secrets}
            change={(what) => change(one.file, what)}
            remove={() => remove(one)}
          />
        ))}
        {sending.map((one) => (
          <Progress key={one.key} one={one} lang={lang} forget={() => forget(one.key)} />
        ))}
      </ul>
      <p class="mw-hidden" role="status">
        {said}
      </p>
    </div>
  );
};
