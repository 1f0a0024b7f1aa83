// npm test: installs what is missing, checks types, style and generated files, builds, and runs every suite.
// The last line says how many tests passed and failed. Something that did not run counts as failed.
//   npm test                    all, which is everything that needs neither Java nor Maven
//   npm test -- all flink       with what needs them: real clusters, the Java quick fixes compiled and run
//   npm test -- unit cli        only these (types, lint, unused, manifest, fixtures, scanner, build, patterns, fuzz, unit, logs, grammar, protocol, cli, package, webview, host, proof, web, flink)
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inTwoLanes } from './lib/lanes.mjs';
import { ensureModules } from './lib/modules.mjs';
import { at } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

/** @typedef {import('./lib/counts.mjs').Counts} Counts */

const mocha = (/** @type {string[]} */ ...files) => [
  at('node_modules/mocha/bin/mocha.js'),
  '--config',
  at('test/.mocharc.json'),
  '--forbid-only',
  ...files,
];

const withTsx = (/** @type {string[]} */ ...args) => ['--import', 'tsx', ...args];

/** What is checked once and has no tests of its own: only a failure counts. @type {Record<string, string[][]>} */
const CHECKS = {
  types: [[at('node_modules/typescript/bin/tsc'), '-b']],
  lint: [[at('node_modules/@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']],
  unused: [[at('node_modules/knip/bin/knip.js'), '--no-progress']],
  manifest: [withTsx(at('scripts/manifest.ts'), '--check')],
  fixtures: [withTsx(at('test/flink-lab/fixtures-doc.ts'), '--check')],
  scanner: [[at('scripts/scanner.mjs'), '--check']],
  build: [[at('scripts/build.mjs')]],
};

/** The same, but so long that they run beside the suites. @type {Record<string, string[][]>} */
const LONG_CHECKS = {
  patterns: [withTsx(at('test/patterns/run.ts'), '--check')],
  fuzz: [
    withTsx(at('test/fuzz/run.ts'), '--texts', '1200', '--seed', '1'),
    withTsx(at('test/fuzz/run.ts'), '--archives', '--texts', '300', '--seed', '1'),
  ],
};

/** What needs Java and Maven. @type {string[][]} */
const FLINK = [
  withTsx(at('test/flink-lab/live-test.ts')),
  withTsx(at('test/flink-java/verify.ts')),
  withTsx(at('test/fuzz/run.ts'), '--java', '--programs', '300'),
];

/** Each leaves its counts. @type {Record<string, string[]>} */
const SUITES = {
  unit: mocha('test/unit/**/*.test.ts', '--ignore', 'test/unit/{log,incident,analysis}/**'),
  logs: mocha('test/unit/{log,incident,analysis}/**/*.test.ts'),
  grammar: mocha('test/grammar/**/*.test.ts'),
  protocol: mocha('test/protocol/**/*.test.ts'),
  cli: mocha('test/cli/**/*.test.ts'),
  package: mocha('test/package/**/*.test.ts'),
  webview: mocha('test/webview/**/*.test.ts'),
  host: withTsx(at('test/host/run.ts')),
  // Red is red: a failing suite and a killed extension host are reported.
  proof: mocha('test/host/proof.test.ts'),
  web: withTsx(at('test/web/run.ts')),
};

/** What needs no window of an editor, which runs in two lanes; what takes longest first. */
const BESIDE = ['unit', 'cli', 'logs', 'webview', 'fuzz', 'protocol', 'package', 'patterns', 'grammar'];
/** Of a suite, on a machine that is busy. In ms. */
const TIME_LIMIT = 1_200_000;

const PARTS = ['all', ...Object.keys(CHECKS), ...Object.keys(LONG_CHECKS), ...Object.keys(SUITES), 'flink'];

const wanted = process.argv.slice(2);
const all = wanted.length === 0 || wanted.includes('all');
for (const name of wanted) {
  if (PARTS.includes(name)) continue;
  console.error(`${name}: the parts are ${PARTS.join(', ')}`);
  process.exit(2);
}
/** Parts that run what the build has made. */
const BUILT = ['protocol', 'cli', 'package', 'webview', 'host', 'web', 'flink'];
// The tests of units are two suites, as one lane would be busy with them long after the other one has ended.
if (wanted.includes('unit') && !wanted.includes('logs')) wanted.push('logs');
if (wanted.some((name) => BUILT.includes(name)) && !wanted.includes('build')) wanted.push('build');
const chosen = (/** @type {string} */ name) => all || wanted.includes(name);

await ensureModules();
const scratch = mkdtempSync(path.join(tmpdir(), 'logjam-test-'));
/** @type {{name: string, counts: Counts, seconds: number}[]} */
const results = [];

/** @param {string} name @param {() => Promise<Counts>} work */
async function step(name, work) {
  console.log(`\n== ${name}`);
  results.push({ name, ...(await timed(work)) });
}

/** @param {() => Promise<Counts>} work */
async function timed(work) {
  const start = performance.now();
  const counts = await work();
  return { counts, seconds: (performance.now() - start) / 1000 };
}

/** @param {string[]} args @returns {Promise<Counts>} */
async function check(args) {
  const { code } = await run(process.execPath, args, { timeout: 600_000 });
  return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** Checks one after the other; what they print is shown at their end. @param {string} name @param {string[][]} commands @returns {Promise<Counts>} */
async function longCheck(name, commands) {
  let failed = 0;
  let printed = '';
  for (const args of commands) {
    const { code, stdout, stderr } = await run(process.execPath, args, { timeout: TIME_LIMIT, quiet: true });
    printed += stdout + stderr;
    if (code !== 0) failed++;
  }
  console.log(`\n== ${name}\n${printed}`);
  return { passed: 0, failed, skipped: 0 };
}

/** @param {string} name @param {string[]} args @param {boolean} [quiet] what it prints is shown at its end @returns {Promise<Counts>} */
async function suite(name, args, quiet = false) {
  const file = path.join(scratch, `${name}.json`);
  const env = { ...process.env, LOGJAM_COUNTS: file };
  const reported = args.includes('--config') ? [...args, '--reporter', at('test/support/reporter.cjs')] : args;
  const { code, timedOut, stdout, stderr } = await run(process.execPath, reported, { env, timeout: TIME_LIMIT, quiet });
  if (quiet) console.log(`\n== ${name}\n${stdout}${stderr}`);
  if (timedOut) console.error(`${name} took more than ${TIME_LIMIT / 60_000} minutes`);
  /** @type {Counts} */
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  const ran = counts.passed + counts.failed > 0;
  if (!ran) console.error(`${name} did not run`);
  // Red outside of the tests (a suite that did not start, a process that died) is a failure of its own.
  return { ...counts, failed: counts.failed === 0 && (code !== 0 || !ran) ? 1 : counts.failed };
}

if (['webview', 'host', 'proof', 'web'].some(chosen)) {
  await step('browser', async () => {
    try {
      const { ensureBrowser } = await import('./lib/browser.mjs');
      console.log(await ensureBrowser());
      return { passed: 0, failed: 0, skipped: 0 };
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1, skipped: 0 };
    }
  });
}
for (const [name, commands] of Object.entries(CHECKS)) {
  if (chosen(name)) for (const args of commands) await step(name, () => check(args));
}
const beside = BESIDE.filter(chosen);
const flink = wanted.includes('flink');
if (beside.length > 0) console.log(`\n${[...beside, ...(flink ? ['flink'] : [])].join(', ')}: what they print comes when each has ended`);
const part = (/** @type {string} */ name) =>
  timed(() => (LONG_CHECKS[name] !== undefined ? longCheck(name, LONG_CHECKS[name]) : suite(name, SUITES[name] ?? [], true)));
// A cluster waits most of the time (for checkpoints, for processes to start): it takes no lane.
const [ended, live] = await Promise.all([inTwoLanes(beside, part), flink ? timed(() => longCheck('flink', FLINK)) : null]);
for (const { name, result } of ended) results.push({ name, ...result });
if (live !== null) results.push({ name: 'flink', ...live });
for (const [name, args] of Object.entries(SUITES)) {
  if (chosen(name) && !BESIDE.includes(name)) await step(name, () => suite(name, args));
}
rmSync(scratch, { recursive: true, force: true });

console.log();
for (const { name, counts, seconds } of results) {
  const { passed, failed, skipped } = counts;
  const tests = passed + failed + skipped === 0 ? 'ok' : `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  console.log(`  ${name.padEnd(10)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${tests}`);
}
const passed = results.reduce((sum, { counts }) => sum + counts.passed, 0);
const failed = results.reduce((sum, { counts }) => sum + counts.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
