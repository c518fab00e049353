// Makes dist/ from src/: browser modules, one style sheet, every page pre-rendered in two
// languages, all compressed ahead. A page is found by its file: src/pages/<slug>.tsx.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import zlib from 'node:zlib';
import { build } from 'esbuild';
import './tools/icons.mjs';
import './tools/map.mjs';

// Everything is made aside and put in place at the end, so that nobody is served half a site.
const aside = `.build/${process.pid}`;
const out = `${aside}/dist`;
const modules = 'node_modules';
const preact = { jsx: 'automatic', jsxImportSource: 'preact' };

const hashed = (name, ending, content) => {
  const hash = crypto.createHash('sha256').update(content).digest('hex').slice(0, 8);
  fs.writeFileSync(`${out}/assets/${name}-${hash}.${ending}`, content);
  return `/assets/${name}-${hash}.${ending}`;
};

const slugs = fs
  .readdirSync('src/pages')
  .filter((file) => file.endsWith('.tsx') && !file.endsWith('.client.tsx'))
  .map((file) => path.basename(file, '.tsx'))
  .sort();

// Where each browser module came to stand, with the shared parts that it imports.
const buildScripts = async () => {
  const clients = slugs.map((slug) => `src/pages/${slug}.client.tsx`).filter(fs.existsSync);
  const { metafile } = await build({
    ...preact,
    entryPoints: ['src/lib/shell.client.ts', ...clients],
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    outdir: `${out}/assets`,
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    metafile: true,
    logLevel: 'warning',
  });
  const scripts = {};
  for (const [file, made] of Object.entries(metafile.outputs))
    if (made.entryPoint)
      scripts[path.basename(made.entryPoint).split('.')[0]] = [
        `/${path.relative(out, file)}`,
        ...made.imports.filter(({ kind }) => kind !== 'dynamic-import').map((part) => `/${path.relative(out, part.path)}`),
      ];
  return scripts;
};

const candidate = ['button', 'data-badge', 'heading', 'link', 'paragraph', 'skip-link'];
const utrecht = [
  'checkbox',
  'form-field',
  'form-field-description',
  'form-field-error-message',
  'form-label',
  'select',
  'table',
  'textarea',
  'textbox',
];

const components = () =>
  [
    ...candidate.map((name) => `@nl-design-system-candidate/${name}-css/dist/${name}.css`),
    ...utrecht.map((name) => `@utrecht/${name}-css/dist/index.css`),
  ]
    .map((file) => fs.readFileSync(`${modules}/${file}`, 'utf8'))
    .join('\n')
    .replace(/\/\*#.*?\*\//g, '');

// Of the thousands of design tokens, those that the style sheet reaches.
const tokens = (styles) => {
  const theme = fs.readFileSync(
    `${modules}/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css`,
    'utf8',
  );
  const all = new Map(
    [...theme.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map((match) => [match[1], match[2]]),
  );
  const uses = (text) => [...text.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]);
  const kept = new Set();
  const reach = (name) => {
    if (kept.has(name) || !all.has(name)) return;
    kept.add(name);
    uses(all.get(name)).forEach(reach);
  };
  uses(styles).forEach(reach);
  return `:root{${[...kept].map((name) => `${name}:${all.get(name)}`).join(';')}}`;
};

const buildStyles = async (font) => {
  const own = [
    'src/app.css',
    ...fs
      .readdirSync('src/css')
      .sort()
      .map((file) => `src/css/${file}`),
  ]
    .map((file) => fs.readFileSync(file, 'utf8'))
    .join('\n')
    .replace('font.woff2', font);
  const styles = components() + own;
  const made = await build({
    stdin: { contents: tokens(styles) + styles, loader: 'css' },
    minify: true,
    write: false,
    external: ['/assets/*'],
    bundle: true,
    logLevel: 'warning',
  });
  return hashed('app', 'css', made.outputFiles[0].text);
};

// The pages as functions of the language, in a module that Node can run.
const loadPages = async () => {
  const source = [
    `import { render } from 'preact-render-to-string';`,
    `import { h } from 'preact';`,
    `import { Header, Footer } from '../../src/lib/shell';`,
    `export { shared, link } from '../../src/lib/i18n';`,
    ...slugs.map((slug, at) => `import * as p${at} from '../../src/pages/${slug}';`),
    `export const pages = { ${slugs.map((slug, at) => `'${slug}': p${at}`).join(', ')} };`,
    `export const html = (page, lang, path) => ({`,
    `  header: render(h(Header, { lang, path })),`,
    `  main: render(h(page.default, { lang })),`,
    `  footer: render(h(Footer, { lang })),`,
    `});`,
  ].join('\n');
  fs.writeFileSync(`${aside}/pages.ts`, source);
  await build({
    ...preact,
    entryPoints: [`${aside}/pages.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: `${aside}/pages.mjs`,
    logLevel: 'warning',
  });
  return import(pathToFileURL(path.resolve(`${aside}/pages.mjs`)).href);
};

const attribute = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

// The page for what is not found stands at no address of its own.
const pathOf = (slug) => (slug === 'home' || slug === '404' ? '/' : `/${slug}/`);

const document_ = (site, slug, lang, parts) => {
  const page = site.pages[slug];
  const t = site.shared(lang);
  const own = parts.scripts[slug] ?? [];
  const shell = parts.scripts.shell;
  const scripts = [own[0], shell[0]].filter(Boolean);
  const shared = [...new Set([...own.slice(1), ...shell.slice(1)])];
  const { header, main, footer } = site.html(page, lang, pathOf(slug));
  const head = [
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<title>${attribute(page.meta.title[lang])} - ${t.site}</title>`,
    `<meta name="description" content="${attribute(page.meta.about[lang])}">`,
    `<link rel="icon" href="/favicon.svg" type="image/svg+xml">`,
    `<link rel="preload" href="${parts.font}" as="font" type="font/woff2" crossorigin>`,
    `<link rel="stylesheet" href="${parts.styles}">`,
    `<link rel="alternate" hreflang="nl" href="${site.link(pathOf(slug), 'nl')}">`,
    `<link rel="alternate" hreflang="en" href="${site.link(pathOf(slug), 'en')}">`,
    ...shared.map((file) => `<link rel="modulepreload" href="${file}">`),
    ...scripts.map((file) => `<script type="module" src="${file}"></script>`),
  ];
  const body = [
    `<a class="nl-skip-link" href="#main">${t.skip}</a>`,
    header,
    (page.meta.data || own[0]) && `<noscript><p class="mw-noscript">${t.noScript}</p></noscript>`,
    `<main id="main">${main}</main>`,
    footer,
    page.meta.data && `<script type="application/json" id="data"><!--DATA--></script>`,
  ].filter(Boolean);
  return `<!doctype html>
<html lang="${lang}"><head>${head.join('\n')}</head>
<body>${body.join('\n')}</body></html>\n`;
};

// A style attribute would be refused by the content security policy in the browser; better here.
const writePage = (file, text) => {
  if (/<[^>]+\sstyle="/.test(text)) throw new Error(`${file}: style attribute`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

const fileOf = (slug, lang) => {
  const folder = lang === 'nl' ? out : `${out}/en`;
  if (slug === 'home') return `${folder}/index.html`;
  return slug === '404' ? `${folder}/404.html` : `${folder}/${slug}/index.html`;
};

const files = (folder) =>
  fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? files(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    );

const compress = (file) => {
  const content = fs.readFileSync(file);
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(content, { level: 9 }));
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(content));
};

const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 34 34">
<circle cx="12.5" cy="17" r="11" fill="#00605d"/><circle cx="21.5" cy="17" r="11" fill="#f0a63a"/>
<path d="M17 7A11 11 0 0 1 17 27A11 11 0 0 1 17 7Z" fill="#002f2e"/></svg>\n`;

fs.mkdirSync(`${out}/assets`, { recursive: true });

const fontFile = '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2';
const font = hashed('font', 'woff2', fs.readFileSync(`${modules}/${fontFile}`));
const scripts = await buildScripts();
const styles = await buildStyles(font);
const site = await loadPages();

const dataPages = [];
for (const slug of slugs)
  for (const lang of ['nl', 'en']) {
    writePage(fileOf(slug, lang), document_(site, slug, lang, { scripts, styles, font }));
    const data = site.pages[slug].meta.data;
    const where = site.link(pathOf(slug), lang);
    if (data?.instead) {
      const { operation, given, absent } = data.instead;
      dataPages.push(`${where} ${operation} ${given} ${absent}\n`);
    }
    if (data) dataPages.push(`${where} ${data.operation} - -\n`);
  }
fs.writeFileSync(`${out}/favicon.svg`, favicon);
for (const file of files(out)) if (/\.(html|css|js|svg)$/.test(file)) compress(file);
fs.writeFileSync(`${out}/pages.txt`, dataPages.join(''));

fs.rmSync('dist', { recursive: true, force: true });
fs.renameSync(out, 'dist');
fs.rmSync(aside, { recursive: true });
const withData = slugs.filter((slug) => site.pages[slug].meta.data).length;
console.log(`${slugs.length} pages in two languages, ${withData} of them with data`);
