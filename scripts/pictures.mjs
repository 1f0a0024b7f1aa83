// npm run pictures: takes the pictures of the README and of the walkthrough from the real editor.
//   npm run pictures -- --only NAME    only those whose file has NAME in it
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { ensureModules } from './lib/modules.mjs';
import { at } from './lib/paths.mjs';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

const jstack = at('demo/1-deadlock/taskmanager-jstack.txt');
const held = '\t- locked <0x';
const graph = [
  { kind: 'wait-for', value: 'svg .nodes > *' },
  { kind: 'pause', value: '1500' },
];
const noSideBar = { kind: 'command', value: 'workbench.action.closeSidebar' };

/** @typedef {import('./lib/steps.mjs').Step} Step */

/** @type {{file: string, size?: {width: number, height: number}, theme?: string, steps: Step[]}[]} */
const pictures = [
  {
    file: 'docs/pictures/deadlock.png',
    size: { width: 1600, height: 900 },
    steps: [
      noSideBar,
      { kind: 'command', value: 'workbench.actions.view.problems' },
      { kind: 'open', value: `${jstack}:98:5` },
      { kind: 'command', value: 'logjam.showLockGraph' },
      ...graph,
    ],
  },
  {
    file: 'docs/pictures/hover.png',
    size: { width: 1100, height: 640 },
    theme: 'light',
    steps: [
      noSideBar,
      { kind: 'open', value: `${jstack}:108:${held.length + 6}` },
      { kind: 'command', value: 'editor.action.showHover' },
      { kind: 'pause', value: '1500' },
    ],
  },
  {
    file: 'media/walkthrough/verdict.png',
    size: { width: 1000, height: 600 },
    steps: [noSideBar, { kind: 'open', value: `${jstack}:1:1` }, { kind: 'pause', value: '1500' }],
  },
  {
    file: 'media/walkthrough/open.png',
    size: { width: 1000, height: 600 },
    steps: [noSideBar, { kind: 'open', value: `${jstack}:95:1` }],
  },
  {
    file: 'media/walkthrough/graph.png',
    size: { width: 1000, height: 600 },
    steps: [noSideBar, { kind: 'open', value: `${jstack}:95:1` }, { kind: 'command', value: 'logjam.showLockGraph' }, ...graph],
  },
  {
    file: 'media/walkthrough/problems.png',
    size: { width: 1000, height: 600 },
    steps: [
      noSideBar,
      { kind: 'open', value: `${jstack}:98:5` },
      { kind: 'command', value: 'workbench.actions.view.problems' },
      { kind: 'pause', value: '500' },
    ],
  },
  {
    file: 'docs/pictures/log.png',
    size: { width: 1600, height: 900 },
    steps: [
      noSideBar,
      { kind: 'command', value: 'workbench.actions.view.problems' },
      { kind: 'open', value: `${at('demo/2-out-of-memory/jobmanager.log')}:185:1` },
      { kind: 'command', value: 'logjam.showTimeline' },
      { kind: 'pause', value: '3000' },
    ],
  },
  {
    file: 'docs/pictures/job-graph.png',
    size: { width: 1600, height: 900 },
    theme: 'light',
    steps: [
      noSideBar,
      { kind: 'open', value: at('demo/4-iteration/execution-plan.json') },
      { kind: 'command', value: 'logjam.showScopes' },
      ...graph,
    ],
  },
];

await ensureModules();
const { default: png } = await import('upng-js');

const COLOURS = 64;

/** The package holds the pictures: of an editor so many colours look like all of them, in a third of the bytes. @param {string} file */
function reduce(file) {
  const picture = png.decode(new Uint8Array(readFileSync(file)).buffer);
  writeFileSync(file, Buffer.from(png.encode(png.toRGBA8(picture), picture.width, picture.height, COLOURS)));
}

await build();
const { openWindow } = await import('./lib/steps.mjs');
let failed = 0;
for (const { file, size, theme, steps } of pictures.filter((picture) => picture.file.includes(values.only))) {
  const window = await openWindow({ folder: at('demo'), ...(size && { size }), quiet: true });
  try {
    for (const step of [{ kind: 'theme', value: theme ?? 'dark' }, ...steps]) await window.perform(step);
    await window.perform({ kind: 'screenshot', value: at(file) });
    reduce(at(file));
    console.log(file);
  } catch (error) {
    failed++;
    console.error(`${file}: ${error instanceof Error ? error.message : error}`);
  } finally {
    await window.close();
  }
}
process.exit(failed === 0 ? 0 : 1);
