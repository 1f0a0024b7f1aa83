// Entry of the suite in the extension host of a browser: no node:, no file system. The result goes to the log.
import 'mocha/mocha.js';

export async function run(): Promise<void> {
  // The reporters of mocha write with format marks, which the log does not know.
  mocha.setup({ ui: 'bdd', reporter: class {} as never, timeout: 30_000 });
  await import('./extension.test.ts');
  await import('./together.test.ts');
  await import('./faults.test.ts');
  const result = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => {
      result.passed++;
      console.log(`    ✔ ${test.title}`);
    });
    runner.on('pending', () => {
      result.skipped++;
    });
    runner.on('fail', (test, error) => {
      result.failed++;
      console.log(`    ✘ ${test.fullTitle()}: ${error.stack ?? error.message}`);
    });
  });
  console.log(`LOGJAM_RESULT ${JSON.stringify(result)}`);
  if (result.failed > 0) throw new Error(`${result.failed} tests failed`);
}
