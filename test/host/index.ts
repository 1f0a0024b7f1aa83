// What VS Code's extension host calls: runs every bundled *.test.js beside this file under mocha, and leaves its result
// in a file after each test, so that the runner outside knows how far it came even when the host dies.
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

export interface HostResult {
  passed: number;
  failed: number;
  skipped: number;
  failures: string[];
  /** The last test has been run and its hooks as well. */
  finished: boolean;
}

export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 30_000,
    reporter: 'spec',
    forbidOnly: true,
    ...(process.env['LOGJAM_HOST_GREP'] && { grep: process.env['LOGJAM_HOST_GREP'] }),
  });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  }
  const result: HostResult = { passed: 0, failed: 0, skipped: 0, failures: [], finished: false };
  const save = () => {
    const file = process.env['LOGJAM_HOST_RESULT'];
    if (file === undefined) return;
    writeFileSync(`${file}.new`, JSON.stringify(result));
    renameSync(`${file}.new`, file);
  };
  save();
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    const count = (kind: 'passed' | 'failed' | 'skipped') => {
      result[kind]++;
      save();
    };
    runner.on('pass', () => count('passed'));
    runner.on('pending', () => count('skipped'));
    runner.on('fail', (test, error) => {
      result.failures.push(`${test.fullTitle()}: ${error.message}`);
      count('failed');
    });
  });
  result.finished = true;
  save();
  if (result.failed > 0) throw new Error(`${result.failed} tests failed`);
}
