// A table of figures as a file, made in the browser from exactly the numbers that are shown.
import type { Lang } from '../lib/i18n';
import { Button } from '../lib/ui';

export type Cell = string | number;

// Dutch spreadsheets want a decimal comma, and so a semicolon between cells.
const written = (cell: Cell, lang: Lang): string => {
  if (typeof cell === 'number') return lang === 'nl' ? String(cell).replace('.', ',') : `${cell}`;
  // A text that starts as a formula does must not become one.
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
};

export const csv = (rows: Cell[][], lang: Lang): string => {
  const separator = lang === 'nl' ? ';' : ',';
  const lines = rows.map((row) => row.map((cell) => written(cell, lang)).join(separator));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
};

const save = (name: string, text: string) => {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
};

interface DownloadProps {
  lang: Lang;
  label: string;
  file: string;
  rows: () => Cell[][];
}

export const Download = ({ lang, label, file, rows }: DownloadProps) => (
  <p class="mw-download">
    <Button
      kind="subtle"
      icon="file-download"
      onClick={() => save(`${file}.csv`, csv(rows(), lang))}
    >
      {label} (CSV)
    </Button>
  </p>
);
