// npm start: builds and opens VS Code with the extension on the demo incident.
//   npm start                             a desktop VS Code, else VS Code's own server with its address printed
//   npm start -- --screenshot FILE        takes a picture of the demo in a headless browser and ends
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { desktopProgram } from './lib/desktop.mjs';
import { ensureModules } from './lib/modules.mjs';
import { at, cache, root } from './lib/paths.mjs';
import { fail } from './lib/process.mjs';

const { values } = parseArgs({
  options: { screenshot: { type: 'string' }, port: { type: 'string' }, folder: { type: 'string', default: at('demo') } },
});
const folder = path.resolve(values.folder);
const first = at('demo', 'taskmanager-jstack.txt');

await ensureModules();
await build();

/** The demo as a picture: the dump, its problems and the lock-wait graph. @param {string} file */
async function picture(file) {
  const { openWorkbench, THEMES } = await import('./lib/workbench.mjs');
  const { waitForElement } = await import('./lib/bridge.mjs');
  const window = await openWorkbench({
    target: folder,
    development: [root],
    tests: at('test/host/driver.cjs'),
    size: { width: 1600, height: 1000 },
    onLog: () => undefined,
  });
  try {
    const { bridge, page } = window;
    await bridge.drive({ kind: 'setting', key: 'workbench.colorTheme', value: THEMES['dark'] });
    await bridge.drive({ kind: 'open', path: first });
    const found = await bridge.drive({ kind: 'settle', timeout: 30_000 });
    await bridge.drive({ kind: 'command', id: 'workbench.actions.view.problems' });
    await bridge.drive({ kind: 'open', path: first, ...firstPlace(found) });
    await bridge.drive({ kind: 'command', id: 'logjam.showLockGraph' });
    await waitForElement(page, 'svg .nodes > *', 30_000);
    await page.waitForTimeout(1000);
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    await page.screenshot({ path: file });
    console.log(`${file}: ${found.length} diagnostics in ${path.relative(root, first)}`);
  } finally {
    await window.stop();
  }
}

/** "12:5 Error …" of the driver as a place to show. @param {string[]} found */
function firstPlace(found) {
  const [, line, character] = /^(\d+):(\d+)/.exec(found[0] ?? '') ?? [];
  return line === undefined ? {} : { line: Number(line), character: Number(character) };
}

function desktop(/** @type {string} */ program) {
  const profile = path.join(cache, 'start');
  // A profile of its own: the person's own settings and extensions stay as they are.
  const args = ['--new-window', `--user-data-dir=${profile}/user-data`, `--extensions-dir=${profile}/extensions`, '--disable-workspace-trust'];
  if (process.platform === 'linux' && process.getuid?.() === 0) args.push('--no-sandbox');
  console.log(`Opening ${program} on ${folder}`);
  spawn(program, [...args, `--extensionDevelopmentPath=${root}`, folder, first], { detached: true, stdio: 'ignore' }).unref();
}

async function served() {
  const { address, startServer } = await import('./lib/workbench.mjs');
  const server = await startServer({ testing: true, ...(values.port && { port: Number(values.port) }) });
  console.log(`\nVS Code with Logjam runs here (Ctrl+C ends it):\n\n  ${address(server, folder, { development: [root], open: first })}\n`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => void server.stop().then(() => process.exit(0)));
}

try {
  if (values.screenshot !== undefined) {
    await picture(values.screenshot);
    process.exit(0);
  }
  const program = desktopProgram();
  if (program !== undefined) desktop(program);
  else await served();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
