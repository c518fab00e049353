// Writes src/gen/icons.ts: the bodies of the Tabler icons that the sources name. A source names one
// in <Icon …>, in an attribute or property `icon`, or in a table of type Record<…, IconName>.
import fs from 'node:fs';
import path from 'node:path';

const outline = 'node_modules/@tabler/icons/icons/outline';

const sources = (folder) =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'gen' ? [] : sources(at);
    return /\.tsx?$/.test(entry.name) ? [at] : [];
  });

const named = (text) => [
  ...[...text.matchAll(/<Icon\b[^>]*>/g)].map((match) => match[0]),
  ...[...text.matchAll(/\b(?:n|icon)(?:=|: )['"][a-z0-9-]+['"]/g)].map((match) => match[0]),
  ...[...text.matchAll(/: Record<\w+, IconName> = \{[^}]*\}/g)].map((match) => match[0]),
];

const words = new Set(
  sources('src')
    .flatMap((file) => named(fs.readFileSync(file, 'utf8')))
    .flatMap((piece) => [...piece.matchAll(/['"]([a-z0-9-]+)['"]/g)].map((match) => match[1])),
);

const body = (name) =>
  fs
    .readFileSync(path.join(outline, `${name}.svg`), 'utf8')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace('</svg>', '')
    .replace(/<path stroke="none"[^>]*\/>/, '')
    .replace(/\s*\n\s*/g, '')
    .trim();

const icons = [...words].filter((name) => fs.existsSync(path.join(outline, `${name}.svg`))).sort();
const lines = icons.map((name) => `  '${name}': '${body(name)}',`);
fs.mkdirSync('src/gen', { recursive: true });
fs.writeFileSync(
  'src/gen/icons.ts',
  `// Made by tools/icons.mjs from @tabler/icons (MIT).
export const icons = {\n${lines.join('\n')}\n} as const;
export type IconName = keyof typeof icons;\n`,
);
