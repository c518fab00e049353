// Runs the tests of what pages compute: bundled, because the sources are TypeScript.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { build } from 'esbuild';

const aside = `.build/test-${process.pid}`;

await build({
  entryPoints: fs.readdirSync('test').map((file) => `test/${file}`),
  bundle: true,
  platform: 'node',
  format: 'esm',
  outdir: aside,
  outExtension: { '.js': '.test.mjs' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
});
const made = fs.readdirSync(aside).map((file) => `${aside}/${file}`);
const { status } = spawnSync(process.execPath, ['--test', ...made], { stdio: 'inherit' });
fs.rmSync(aside, { recursive: true });
process.exitCode = status ?? 1;
