// npm run package: builds and packs logjam-VERSION.vsix, with its bill of materials (CycloneDX) in logjam-VERSION.cdx.json,
// and logjam-VERSION.tgz for npm, with the command line and the language server alone.
//   npm run package -- --test     also installs it into an empty VS Code and runs the host suite against it
//   npm run package -- --out FILE
import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { ensureModules } from './lib/modules.mjs';
import { packForNpm } from './lib/npmPackage.mjs';
import { pack } from './lib/pack.mjs';
import { at } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

const { values } = parseArgs({ options: { test: { type: 'boolean', default: false }, out: { type: 'string' } } });
await ensureModules();
await build('--clean');
const { name, version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const vsix = values.out ?? at(`${name}-${version}.vsix`);
await pack(vsix);
const bill = vsix.replace(/\.vsix$/, '.cdx.json');
copyFileSync(at('dist/sbom.cdx.json'), bill);
console.log(`${bill}: what is in it`);
console.log(`${vsix}: ${(statSync(vsix).size / 1e6).toFixed(2)} MB`);

const tarball = await packForNpm(at('out/npm'));
const tgz = vsix.replace(/\.vsix$/, '.tgz');
copyFileSync(tarball, tgz);
console.log(`${tgz}: ${(statSync(tgz).size / 1e6).toFixed(2)} MB`);

if (values.test) {
  const tested = await run(process.execPath, ['--import', 'tsx', at('test/host/run.ts'), '--vsix', vsix]);
  process.exitCode = tested.code;
}
