// npm run gallery -- OUT: pictures of every panel and view in the real editor, in each theme and at two sizes of the window,
// and sheets that put the themes of one view side by side.
//   --only NAME     only views whose name has NAME in it
//   --themes LIST   of dark, light, hc, hc-light; absent: all
//   --sizes LIST    absent: 1000x700,1400x900
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { ensureModules } from './lib/modules.mjs';
import { at } from './lib/paths.mjs';
import { fail } from './lib/process.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    themes: { type: 'string', default: 'dark,light,hc,hc-light' },
    sizes: { type: 'string', default: '1000x700,1400x900' },
  },
});
const [out = fail('npm run gallery -- OUT: a folder for the pictures')] = positionals;
mkdirSync(out, { recursive: true });

/** @typedef {import('./lib/steps.mjs').Step} Step */

const demo = (/** @type {string} */ file) => at(`demo/${file}`);
const jstack = demo('1-deadlock/taskmanager-jstack.txt');
const dumps = [1, 2, 3].map((number) => demo(`3-back-pressure/taskmanager-jstack-${number}.txt`));
const jobManager = demo('2-out-of-memory/jobmanager.log');
const gc = demo('2-out-of-memory/taskmanager-gc.log');
const plan = demo('4-iteration/execution-plan.json');
const job = demo('3-back-pressure/job.json');

/** @param {string} file @param {string} [place] @returns {Step} */
const open = (file, place = '') => ({ kind: 'open', value: `${file}${place}` });
/** @param {string} id @param {unknown[]} [args] @returns {Step} */
const run = (id, args) => ({ kind: 'command', value: args === undefined ? id : `${id}=${JSON.stringify(args)}` });
/** @param {string} selector @returns {Step} */
const seen = (selector) => ({ kind: 'wait-for', value: selector });
const rest = /** @type {Step} */ ({ kind: 'pause', value: '1200' });
const graph = [seen('svg .nodes > *'), rest];

/** The files of a comparison as one uri, as common/virtual.ts makes it. @param {string[]} together */
const setUri = (together) => `logjam:/others?${encodeURIComponent(JSON.stringify({ together }))}`;

/** What a person sees, by the name of its pictures. @type {Record<string, Step[]>} */
const VIEWS = {
  'dump-text': [open(jstack, ':95:1'), run('workbench.actions.view.problems'), rest, run('workbench.action.focusActiveEditorGroup')],
  'log-text': [open(jobManager, ':1:1'), run('workbench.actions.view.problems'), rest, run('workbench.action.focusActiveEditorGroup')],
  'lock-wait': [open(jstack), run('logjam.showLockGraph'), ...graph],
  'call-tree': [open(dumps[0] ?? ''), run('logjam.showCallTree'), seen('canvas, svg'), rest],
  'dump-report': [open(jstack), run('logjam.openReport'), seen('article h1, article h2'), rest],
  'dump-compare': [open(dumps[0] ?? ''), run('logjam.compareDumps', [{ $file: dumps[0] }, pathToFileURL(dumps[1] ?? '').href]), rest, rest],
  'dumps-compare': [
    run('logjam.compareDumps', [{ $file: dumps[0] }, setUri(dumps.slice(1).map((file) => pathToFileURL(file).href))]),
    seen('article strong'),
    rest,
  ],
  stacks: [open(dumps[0] ?? ''), run('logjam.showStacks'), seen('article h2'), rest],
  timeline: [open(jobManager), run('logjam.showTimeline'), rest, rest],
  'call-graph': [open(jobManager), run('logjam.showCallGraph'), ...graph],
  relations: [open(jobManager), run('logjam.showRelations'), rest, rest],
  'log-report': [open(jobManager), run('logjam.openReport'), seen('article h1, article h2'), rest],
  'gc-report': [open(gc), run('logjam.openReport'), seen('article h1, article h2'), rest],
  'gc-chart': [open(gc), run('logjam.showGcChart'), seen('.gc-plot'), rest],
  'job-graph': [open(job), run('logjam.showJobGraph'), ...graph],
  scopes: [open(plan), run('logjam.showScopes'), ...graph],
  simulation: [open(plan), run('logjam.simulate'), ...graph],
  incident: [run('logjam.openIncident', [{ $file: at('demo/2-out-of-memory') }]), seen('.verdict'), rest, rest],
};

await ensureModules();
await build();
const { openWindow } = await import('./lib/steps.mjs');
const themes = values.themes.split(',');
const names = Object.keys(VIEWS).filter((name) => name.includes(values.only));
let failed = 0;

for (const size of values.sizes.split(',')) {
  const [width = 1400, height = 900] = size.split('x').map(Number);
  const window = await openWindow({ folder: at('demo'), size: { width, height }, quiet: true });
  try {
    await window.perform(run('workbench.action.closeSidebar'));
    for (const name of names) {
      try {
        for (const id of ['workbench.action.closeAllEditors', 'workbench.action.closePanel']) await window.perform(run(id));
        await window.perform({ kind: 'theme', value: themes[0] ?? 'dark' });
        for (const step of VIEWS[name] ?? []) await window.perform(step);
        for (const theme of themes) {
          await window.perform({ kind: 'theme', value: theme });
          await window.perform({ kind: 'screenshot', value: path.join(out, `${name}-${size}-${theme}.png`) });
        }
        await sheet(window.page, name, size);
        console.log(`${name} ${size}`);
      } catch (error) {
        failed++;
        console.error(`${name} ${size}: ${error instanceof Error ? error.message : error}`);
        await window.perform({ kind: 'screenshot', value: path.join(out, `${name}-${size}-failed.png`) });
      }
    }
  } finally {
    await window.close();
  }
}
process.exit(failed === 0 ? 0 : 1);

/** One picture of a view with all its themes. @param {import('playwright-core').Page} page @param {string} name @param {string} size */
async function sheet(page, name, size) {
  const drawn = await page.context().newPage();
  await drawn.setViewportSize({ width: 2000, height: 1400 });
  const pictures = themes.map((theme) => readFileSync(path.join(out, `${name}-${size}-${theme}.png`)).toString('base64'));
  const images = pictures.map((data) => `<img style="width:100%" src="data:image/png;base64,${data}">`).join('');
  await drawn.setContent(`<body style="margin:0;display:grid;grid-template-columns:1fr 1fr;gap:4px">${images}</body>`);
  await drawn.locator('img').last().waitFor();
  writeFileSync(path.join(out, `sheet-${name}-${size}.png`), await drawn.screenshot({ fullPage: true }));
  await drawn.close();
}
