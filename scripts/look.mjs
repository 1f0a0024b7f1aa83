// Shows what a person sees: opens files in a real VS Code with the extension of dist/ and takes a picture.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureModules } from './lib/modules.mjs';
import { at, root } from './lib/paths.mjs';
import { fail } from './lib/process.mjs';

const HELP = `Usage: node scripts/look.mjs [steps and options] --screenshot OUT.png
Steps, done in the order given:
  --open FILE[:LINE[:COLUMN]]  open a file (LINE and COLUMN from 1)
  --command ID[=JSON ARGS]     run a command by its id, for example logjam.showLockGraph or vscode.open=[{"$file":"/a/b"}]
  --wait TEXT                  wait until the window (webviews included) shows TEXT
  --wait-for SELECTOR          wait for an element, webviews included
  --press KEY                  press a key, for example Control+Shift+M
  --type TEXT                  type
  --click SELECTOR             click an element, webviews included
  --pause MS                   wait
  --screenshot OUT.png         take a picture (as often as wanted)
Options:
  --folder DIR                 workspace folder (a copy of it is opened); absent: no folder
  --theme dark|light|hc|hc-light
  --size WIDTHxHEIGHT          default 1400x900
  --scale N                    pixels per point, default 1
  --setting KEY=JSON           a user setting
  --extension DIR              the extension to load, default this folder (needs npm run build)
  --text                       print the text of the window at the end
  --verbose                    print everything the browser and the server say`;

/** @typedef {{kind: string, value: string}} Step */

/** @param {string[]} argv */
function parse(argv) {
  /** @type {Step[]} */
  const steps = [];
  const options = { theme: 'dark', size: { width: 1400, height: 900 }, scale: 1, folder: '', extension: root, text: false, verbose: false };
  /** @type {Record<string, unknown>} */
  const settings = {};
  const rest = [...argv];
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '--help') return undefined;
    if (name === '--text') options.text = true;
    else if (name === '--verbose') options.verbose = true;
    else {
      const value = rest.shift();
      if (value === undefined || !name.startsWith('--')) return fail(`${name}: see --help`);
      if (['--open', '--command', '--wait', '--wait-for', '--press', '--type', '--click', '--pause', '--screenshot'].includes(name))
        steps.push({ kind: name.slice(2), value });
      else if (name === '--theme') options.theme = value;
      else if (name === '--folder') options.folder = value;
      else if (name === '--extension') options.extension = path.resolve(value);
      else if (name === '--scale') options.scale = Number(value);
      else if (name === '--size') {
        const [width = 1400, height = 900] = value.split('x').map(Number);
        options.size = { width, height };
      } else if (name === '--setting') settings[value.slice(0, value.indexOf('='))] = JSON.parse(value.slice(value.indexOf('=') + 1));
      else return fail(`${name}: see --help`);
    }
  }
  return { steps, options, settings };
}

/** FILE:LINE:COLUMN, where FILE may have colons itself. @param {string} text */
function fileAndPlace(text) {
  const match = existsSync(text) ? null : /^(.*?):(\d+)(?::(\d+))?$/.exec(text);
  const file = path.resolve(match?.[1] ?? text);
  if (!existsSync(file)) fail(`${file}: no such file`);
  const inFolder = target === undefined ? '..' : path.relative(path.resolve(options.folder), file);
  const opened = target === undefined || inFolder.startsWith('..') ? file : path.join(target, inFolder);
  return { path: opened, ...(match?.[2] && { line: Number(match[2]) }), ...(match?.[3] && { character: Number(match[3]) }) };
}

const parsed = parse(process.argv.slice(2));
if (parsed === undefined || parsed.steps.length === 0) {
  console.log(HELP);
  process.exit(parsed === undefined ? 0 : 1);
}
const { steps, options, settings } = parsed;
await ensureModules();
const { THEMES, openWorkbench } = await import('./lib/workbench.mjs');
const { textOf, waitForText } = await import('./lib/bridge.mjs');
const theme = THEMES[options.theme] ?? fail(`--theme is one of ${Object.keys(THEMES).join(', ')}`);

const scratch = mkdtempSync(path.join(tmpdir(), 'logjam-look-'));
/** The copy of --folder that is opened. @type {string | undefined} */
let target;
if (options.folder !== '') {
  target = path.join(scratch, path.basename(path.resolve(options.folder)));
  cpSync(options.folder, target, { recursive: true });
}
const window = await openWorkbench({
  development: [options.extension],
  tests: at('test/host/driver.cjs'),
  settings,
  size: options.size,
  scale: options.scale,
  verbose: options.verbose,
  ...(target && { target }),
  onLog: (type, args) => console.error(`[${type}]`, ...args.map((arg) => String(arg).slice(0, 400))),
});
const { page, bridge } = window;

/** @type {Record<string, (value: string) => Promise<unknown>>} */
const STEPS = {
  async open(value) {
    const place = fileAndPlace(value);
    if (!statSync(place.path).isFile()) fail(`${place.path}: not a file`);
    const language = await bridge.drive({ kind: 'open', ...place });
    const diagnostics = /** @type {string[]} */ (await bridge.drive({ kind: 'settle' }));
    console.log(`opened ${value} as ${language ?? 'a custom editor'}, ${diagnostics.length} diagnostics`);
    for (const line of diagnostics.slice(0, 20)) console.log(`  ${line}`);
  },
  async command(value) {
    const [, id, args] = /^([^=]+)(?:=(.*))?$/s.exec(value) ?? [];
    console.log(`${id}: ${await bridge.drive({ kind: 'command', id, args: args === undefined ? [] : JSON.parse(args) })}`);
    await page.waitForTimeout(500);
  },
  wait: (value) => waitForText(page, value),
  'wait-for': (value) => fetch(`${bridge.url}/waitFor`, { method: 'POST', body: JSON.stringify({ selector: value }) }).then(refuse),
  press: (value) => page.keyboard.press(value),
  type: (value) => page.keyboard.type(value),
  click: (value) => fetch(`${bridge.url}/click`, { method: 'POST', body: JSON.stringify({ selector: value }) }).then(refuse),
  pause: (value) => page.waitForTimeout(Number(value)),
  async screenshot(value) {
    mkdirSync(path.dirname(path.resolve(value)), { recursive: true });
    await page.waitForTimeout(300);
    await page.screenshot({ path: value });
    console.log(value);
  },
};

/** @param {Response} answer */
async function refuse(answer) {
  if (!answer.ok) throw new Error((await answer.json()).error);
}

await bridge.drive({ kind: 'setting', key: 'workbench.colorTheme', value: theme });
let failure;
for (const step of steps) {
  try {
    // The driver is asked first of all: when it answers, the window is up.
    await Promise.race([STEPS[step.kind]?.(step.value), window.exit.then(() => Promise.reject(new Error('the window closed')))]);
  } catch (error) {
    failure = `--${step.kind} ${step.value}: ${error instanceof Error ? error.message : error}`;
    break;
  }
}
if (options.text) for (const frame of page.frames()) console.log(await textOf(frame));
if (failure !== undefined) {
  const last = steps.findLast((step) => step.kind === 'screenshot');
  if (last !== undefined) await page.screenshot({ path: last.value });
}
await window.stop();
rmSync(scratch, { recursive: true, force: true });
if (failure !== undefined) fail(failure);
process.exit(0);
