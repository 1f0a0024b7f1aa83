// npm run executable: logjam-linux-x64 and logjam-linux-arm64, each Node and the command line in one file, with its checksum.
//   npm run executable -- --only linux-x64
//   npm run executable -- --out FOLDER        absent: out/executable
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { ensureModules } from './lib/modules.mjs';
import { at } from './lib/paths.mjs';
import { fail } from './lib/process.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' }, out: { type: 'string', default: at('out/executable') } } });
await ensureModules();
const { makeExecutable, TARGETS } = await import('./lib/executable.mjs');
const chosen = TARGETS.filter((target) => values.only === undefined || target === values.only);
if (chosen.length === 0) fail(`--only ${values.only}: there are ${TARGETS.join(', ')}`);
await build('--clean');
const out = path.resolve(values.out);
mkdirSync(out, { recursive: true });
for (const target of chosen) {
  const file = await makeExecutable(target, out).catch((/** @type {Error} */ error) => fail(error.message));
  console.log(`${file}: ${(statSync(file).size / 1e6).toFixed(0)} MB`);
}
