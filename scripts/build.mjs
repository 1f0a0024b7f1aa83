// Bundles the extension, the server, the command line and the web pages of the panels into dist/.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { context } from 'esbuild';
import { allTables, chineseTables } from './lib/chinese.mjs';
import { billOf, noticesOf, packagesOf } from './lib/thirdParty.mjs';
import { noSamples } from './lib/withoutSamples.mjs';

const product = JSON.parse(readFileSync('package.json', 'utf8'));
const watch = process.argv.includes('--watch');
/** Without what an earlier build has left in dist/. */
const clean = process.argv.includes('--clean');
/** @type {import('esbuild').BuildOptions} */
const common = {
  define: { VERSION: JSON.stringify(product.version) },
  bundle: true,
  minify: !watch,
  sourcemap: watch,
  logLevel: 'warning',
  // What others ask for stands in the notices.
  legalComments: 'none',
  metafile: true,
  target: 'node20',
};
/** @type {import('esbuild').BuildOptions} */
const node = { ...common, platform: 'node', format: 'cjs', plugins: [chineseTables('beside'), noSamples] };
/** Read as UTF-8, in which escapes of Chinese would be twice as long. @type {import('esbuild').BuildOptions} */
const browser = { ...common, platform: 'browser', target: 'es2023', charset: 'utf8', plugins: [chineseTables('inside'), noSamples] };

const folders = readdirSync('media', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => `media/${entry.name}`);

/** The page of a panel: media/NAME/main.ts becomes dist/media/NAME.js. @param {string} folder @returns {import('esbuild').BuildOptions} */
const page = (folder) => ({ ...browser, format: 'iife', entryPoints: [`${folder}/main.ts`], outfile: `dist/media/${path.basename(folder)}.js` });

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...node, entryPoints: ['client/src/extension.node.ts'], outfile: 'dist/client/extension.js', external: ['vscode'] },
  { ...browser, format: 'cjs', entryPoints: ['client/src/extension.browser.ts'], outfile: 'dist/client/extension.browser.js', external: ['vscode'] },
  { ...node, entryPoints: ['server/src/node.ts'], outfile: 'dist/server/node.js' },
  { ...node, entryPoints: ['server/src/threads.ts'], outfile: 'dist/server/threads.js' },
  { ...node, entryPoints: ['server/src/io/clusterHost.ts'], outfile: 'dist/server/clusterHost.js' },
  { ...node, entryPoints: ['server/src/cached.ts'], outfile: 'dist/server/cached.js' },
  {
    ...browser,
    format: 'iife',
    entryPoints: ['server/src/browser.ts'],
    outfile: 'dist/server/browser.js',
    plugins: [chineseTables('before'), noSamples],
  },
  { ...common, ...allTables() },
  { ...node, entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli/logjam.js', banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: ['server/src/cli/mcp.ts'], outfile: 'dist/cli/mcp.js' },
  ...folders.filter((folder) => existsSync(`${folder}/main.ts`)).map(page),
];

if (clean) rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/media', { recursive: true });
copyFileSync('node_modules/elkjs/lib/elk-worker.min.js', 'dist/media/elk-worker.js');
for (const folder of ['media', ...folders]) {
  for (const file of readdirSync(folder)) if (file.endsWith('.css')) copyFileSync(path.join(folder, file), path.join('dist/media', file));
}

const contexts = await Promise.all(bundles.map((options) => context(options)));
if (watch) {
  await Promise.all(contexts.map((one) => one.watch()));
  console.log('watching');
} else {
  const results = await Promise.all(contexts.map((one) => one.rebuild().finally(() => one.dispose())));
  chmodSync('dist/cli/logjam.js', 0o755);
  // The layout is copied, and AssemblyScript's library is compiled into the scanner.
  const others = ['node_modules/elkjs/package.json', 'node_modules/assemblyscript/package.json'];
  const packages = packagesOf([...others, ...results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}))]);
  writeFileSync('dist/third-party-notices.txt', noticesOf(packages));
  writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(billOf(product, packages), null, 2)}\n`);
}
