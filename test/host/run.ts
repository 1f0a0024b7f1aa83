// Runs the host suite in a real VS Code. Red unless the suite says itself that it came to its end with no failure.
//   node --import tsx test/host/run.ts [--suite DIR] [--grep TEXT] [--extension DIR] [--vsix FILE] [--bundle-only]
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { reportCounts } from '../../scripts/lib/counts.mjs';
import { at, root } from '../../scripts/lib/paths.mjs';
import { QUIET_SETTINGS } from '../../scripts/lib/settings.mjs';
import type { HostResult } from './index.ts';
import { installExtension } from './install.ts';
import { findVSCode } from './vscode.ts';

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: at('test/host/suite') },
    grep: { type: 'string' },
    extension: { type: 'string', default: root },
    vsix: { type: 'string' },
    'bundle-only': { type: 'boolean', default: false },
  },
});

/** Bundles every *.test.ts of the suite and the entry into a folder that VS Code loads. */
async function bundle(suite: string): Promise<string> {
  const out = at('out/host', path.basename(suite));
  rmSync(out, { recursive: true, force: true });
  await build({
    entryPoints: [at('test/host/index.ts'), path.join(suite, '**/*.test.ts')],
    entryNames: '[name]',
    outdir: out,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
    define: { 'import.meta.url': '""' },
  });
  writeFileSync(path.join(out, 'package.json'), '{"type":"commonjs"}');
  return out;
}

async function main(): Promise<number> {
  if (values['bundle-only']) {
    console.log(await bundle(path.resolve(values.suite)));
    return 0;
  }
  const scratch = mkdtempSync(path.join(tmpdir(), 'logjam-host-'));
  const resultFile = path.join(scratch, 'result.json');
  const workspace = path.join(scratch, 'workspace');
  const userData = path.join(scratch, 'user-data');
  const extensions = path.join(scratch, 'extensions');
  cpSync(at('test/host/workspace'), workspace, { recursive: true });
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  mkdirSync(extensions);
  writeFileSync(path.join(userData, 'User', 'settings.json'), JSON.stringify(QUIET_SETTINGS));

  let counts = { passed: 0, failed: 1, skipped: 0 };
  try {
    const vscode = await findVSCode();
    const out = await bundle(path.resolve(values.suite));
    if (values.vsix !== undefined) await installExtension(vscode, path.resolve(values.vsix), extensions, userData);
    let ended = true;
    await runTests({
      vscodeExecutablePath: vscode.program,
      // With an installed extension nothing of this folder is loaded: a folder with an empty extension takes its place.
      extensionDevelopmentPath: values.vsix === undefined ? path.resolve(values.extension) : at('test/host/empty-extension'),
      extensionTestsPath: path.join(out, 'index'),
      launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${extensions}`],
      extensionTestsEnv: {
        LOGJAM_HOST_RESULT: resultFile,
        LOGJAM_ROOT: root,
        ...(values.vsix !== undefined && { LOGJAM_INSTALLED: '1' }),
        ...(values.grep !== undefined && { LOGJAM_HOST_GREP: values.grep }),
      },
    }).catch((error: unknown) => {
      ended = false;
      console.error(error instanceof Error ? error.message : error);
    });
    const result: HostResult | undefined = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : undefined;
    if (result === undefined) console.error('The host suite did not start.');
    else {
      counts = { passed: result.passed, failed: result.failed, skipped: result.skipped };
      if (!result.finished) console.error('The host suite did not come to its end.');
      if (result.passed + result.failed === 0) console.error('The host suite has run no test.');
      const red = !result.finished || !ended || result.passed + result.failed === 0;
      if (red && counts.failed === 0) counts.failed = 1;
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  reportCounts(counts);
  return counts.failed === 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
