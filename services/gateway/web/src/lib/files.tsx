// Files of a record as they are shown: photos, and what can be saved.
import type { Document as Attachment } from '../gen/api';
import { dictionary, type Lang } from './i18n';
import { A, Icon } from './ui';

export const megabyte = 1 << 20;

const texts = dictionary(
  { documents: 'Documenten', confidential: 'vertrouwelijk' },
  { documents: 'Documents', confidential: 'confidential' },
);

export const isPhoto = (one: Attachment) => one.media_type?.startsWith('image/') ?? false;

export const addressOf = (one: Attachment) => `/v1/files/${one.file}`;

export const sizeOf = (bytes: number | undefined, lang: Lang) => {
  const [value, unit] =
    (bytes ?? 0) < megabyte / 10
      ? [Math.ceil((bytes ?? 0) / 1024), 'kB']
      : [(bytes ?? 0) / megabyte, 'MB'];
  return `${value.toLocaleString(lang, { maximumFractionDigits: 1 })} ${unit}`;
};

type Some = readonly Attachment[] | undefined;

export const photosOf = (documents: Some) => (documents ?? []).filter(isPhoto);

// The photos of a record, large enough to see.
export const Photos = ({ documents, title }: { documents: Some; title: string }) => {
  const photos = photosOf(documents);
  return (
    <ul class="mw-photos">
      {photos.map((one, at) => (
        <li key={one.file}>
          <img src={addressOf(one)} alt={one.label ?? `${title}, ${at + 1}`} loading="lazy" />
        </li>
      ))}
    </ul>
  );
};

// What can be saved of a record's files, with what each is and how large.
export const Files = ({ documents, lang }: { documents: Some; lang: Lang }) => {
  const t = texts(lang);
  const others = (documents ?? []).filter((one) => !isPhoto(one));
  if (others.length === 0) return null;
  return (
    <ul class="mw-files" aria-label={t.documents}>
      {others.map((one) => (
        <li key={one.file}>
          <Icon n="paperclip" />
          <span class="mw-files__name">
            <A href={addressOf(one)}>{one.label ?? one.name}</A>
            <span class="mw-quiet">
              {' '}
              {sizeOf(one.size, lang)}
              {one.confidential && `, ${t.confidential}`}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
};
