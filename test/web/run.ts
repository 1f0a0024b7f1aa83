// Runs the suite of this folder in a web-worker extension host: VS Code in headless Chromium, the extension served over http.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { reportCounts } from '../../scripts/lib/counts.mjs';
import { at } from '../../scripts/lib/paths.mjs';
import { openWorkbench } from '../../scripts/lib/workbench.mjs';

/** mocha is a module package, but its browser file sets a global: bundled as a module it would lose it. */
const mochaGlobal = {
  name: 'mocha-global',
  setup: (bundler: import('esbuild').PluginBuild) =>
    bundler.onLoad({ filter: /[\\/]mocha[\\/]mocha\.js$/ }, ({ path: file }) => ({
      loader: 'js' as const,
      contents: `(function (module, exports, define) {${readFileSync(file, 'utf8')}\n}).call(globalThis);`,
    })),
};

async function main(): Promise<number> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-web-'));
  for (const part of ['package.json', 'package.nls.json', 'package.nls.zh-cn.json', 'dist', 'syntaxes', 'media'])
    cpSync(at(part), path.join(folder, part), { recursive: true });
  const server = path.join(folder, 'dist/server/browser.js');
  writeFileSync(server, `${readFileSync(at('test/web/faults.js'), 'utf8')}${readFileSync(server, 'utf8')}`);
  await build({
    entryPoints: [at('test/web/index.ts')],
    outfile: path.join(folder, 'suite/index.js'),
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2023',
    external: ['vscode'],
    define: { global: 'globalThis' },
    plugins: [mochaGlobal],
    logLevel: 'warning',
  });
  let finished = false;
  const window = await openWorkbench({
    target: at('test/host/workspace'),
    web: { extension: folder, tests: 'suite/index.js' },
    timeout: 120_000,
    verbose: process.env['LOGJAM_VERBOSE'] !== undefined,
    onLog: (_, args) => {
      const text = args.map(String).join(' ');
      if (text.startsWith('LOGJAM_RESULT ')) {
        Object.assign(counts, JSON.parse(text.slice('LOGJAM_RESULT '.length)));
        finished = true;
      } else console.log(text);
    },
  });
  try {
    const code = await window.exit;
    if (code !== 0 && counts.failed === 0) counts.failed++;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  } finally {
    await window.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  if (!finished) {
    console.error('The web suite did not come to its end.');
    counts.failed++;
  }
  reportCounts(counts);
  return counts.failed === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
