// Bundles the extension, the server, the command line and the web pages of the panels into dist/.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { context } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const watch = process.argv.includes('--watch');
const common = {
  define: { VERSION: JSON.stringify(version) },
  bundle: true,
  minify: !watch,
  sourcemap: watch,
  logLevel: 'warning',
  legalComments: 'none',
  target: 'node20',
};
const node = { ...common, platform: 'node', format: 'cjs' };
const browser = { ...common, platform: 'browser', target: 'es2023' };

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...node, entryPoints: ['client/src/extension.node.ts'], outfile: 'dist/client/extension.js', external: ['vscode'] },
  { ...browser, format: 'cjs', entryPoints: ['client/src/extension.browser.ts'], outfile: 'dist/client/extension.browser.js', external: ['vscode'] },
  { ...node, entryPoints: ['server/src/node.ts'], outfile: 'dist/server/node.js' },
  { ...browser, format: 'iife', entryPoints: ['server/src/browser.ts'], outfile: 'dist/server/browser.js' },
  {
    ...node,
    entryPoints: ['server/src/cli/main.ts'],
    outfile: 'dist/cli/logjam.js',
    banner: { js: '#!/usr/bin/env node' },
  },
  ...['graph', 'timeline', 'icicle']
    .filter((page) => existsSync(`media/${page}/main.ts`))
    .map((page) => ({ ...browser, format: 'iife', entryPoints: [`media/${page}/main.ts`], outfile: `dist/media/${page}.js` })),
];

mkdirSync('dist/media', { recursive: true });
copyFileSync('node_modules/elkjs/lib/elk-worker.min.js', 'dist/media/elk-worker.js');
for (const directory of [
  'media',
  ...readdirSync('media', { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => path.join('media', e.name)),
]) {
  for (const file of readdirSync(directory)) if (file.endsWith('.css')) copyFileSync(path.join(directory, file), path.join('dist/media', file));
}

const contexts = await Promise.all(bundles.map((options) => context(options)));
if (watch) {
  await Promise.all(contexts.map((one) => one.watch()));
  console.log('watching');
} else {
  await Promise.all(contexts.map((one) => one.rebuild().finally(() => one.dispose())));
  chmodSync('dist/cli/logjam.js', 0o755);
}
