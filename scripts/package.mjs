// npm run package: builds and packs logjam-VERSION.vsix.
//   npm run package -- --test     also installs it into an empty VS Code and runs the host suite against it
//   npm run package -- --out FILE
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { ensureModules } from './lib/modules.mjs';
import { at, root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

const { values } = parseArgs({ options: { test: { type: 'boolean', default: false }, out: { type: 'string' } } });
await ensureModules();
await build('--clean');
const { name, version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const vsix = values.out ?? at(`${name}-${version}.vsix`);
const { createVSIX } = await import('@vscode/vsce');
// Everything at run time is bundled: no node_modules. Links of the README stay as they are: what they lead to is in the package.
await createVSIX({ cwd: root, packagePath: vsix, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
console.log(`${vsix}: ${(statSync(vsix).size / 1e6).toFixed(2)} MB`);

if (values.test) {
  const tested = await run(process.execPath, ['--import', 'tsx', at('test/host/run.ts'), '--vsix', vsix]);
  process.exitCode = tested.code;
}
