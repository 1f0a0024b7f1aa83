// Shows what a person sees: opens files in a real VS Code with the extension of dist/ and takes a picture.
import path from 'node:path';
import { ensureModules } from './lib/modules.mjs';
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
  --hover SELECTOR             move the pointer over an element
  --theme dark|light|hc|hc-light
  --pause MS                   wait
  --screenshot OUT.png         take a picture (as often as wanted)
Options:
  --folder DIR                 workspace folder (a copy of it is opened); absent: no folder
  --size WIDTHxHEIGHT          default 1400x900
  --scale N                    pixels per point, default 1
  --setting KEY=JSON           a user setting
  --extension DIR              the extension to load, default this folder (needs npm run build)
  --text                       print the text of the window at the end
  --verbose                    print everything the browser and the server say`;

await ensureModules();
const { textOf } = await import('./lib/bridge.mjs');
const { openWindow, STEP_KINDS } = await import('./lib/steps.mjs');

/** @type {import('./lib/steps.mjs').Step[]} */
const steps = [];
/** @type {Parameters<typeof openWindow>[0] & {settings: Record<string, unknown>}} */
const options = { settings: {} };
let showText = false;

const rest = process.argv.slice(2);
for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
  if (name === '--help') {
    console.log(HELP);
    process.exit(0);
  }
  const flag = name === '--text' || name === '--verbose';
  const value = flag ? '' : (rest.shift() ?? fail(`${name} needs a value: see --help`));
  if (name === '--text') showText = true;
  else if (name === '--verbose') options.verbose = true;
  else if (name === '--folder') options.folder = value;
  else if (name === '--extension') options.extension = path.resolve(value);
  else if (name === '--scale') options.scale = Number(value);
  else if (name === '--size') {
    const [width = 1400, height = 900] = value.split('x').map(Number);
    options.size = { width, height };
  } else if (name === '--setting') options.settings[value.slice(0, value.indexOf('='))] = JSON.parse(value.slice(value.indexOf('=') + 1));
  else if (STEP_KINDS.includes(name.slice(2))) steps.push({ kind: name.slice(2), value });
  else fail(`${name}: see --help`);
}
if (steps.length === 0) fail(HELP);
// The theme is set first wherever it stands, unless there are several.
const themes = steps.filter(({ kind }) => kind === 'theme');
if (themes.length < 2) steps.unshift(themes[0] ?? { kind: 'theme', value: 'dark' });

const window = await openWindow(options);
let failure;
try {
  for (const step of steps) {
    const said = await window.perform(step);
    if (said !== undefined) console.log(said);
  }
} catch (error) {
  failure = error instanceof Error ? error.message : String(error);
  // What is there instead helps to see why.
  const last = steps.findLast(({ kind }) => kind === 'screenshot');
  if (last !== undefined) await window.page.screenshot({ path: last.value }).catch(() => undefined);
}
if (showText) for (const frame of window.page.frames()) console.log(await textOf(frame));
await window.close();
if (failure !== undefined) fail(failure);
process.exit(0);
