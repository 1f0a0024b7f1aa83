// npm start: builds and opens VS Code with the extension on the demo incident.
//   npm start                             a desktop VS Code, else VS Code's own server with its address printed
//   npm start -- --screenshot FILE        takes a picture of the demo in a headless browser and ends
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
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
const first = at('demo/1-deadlock/taskmanager-jstack.txt');

await ensureModules();
await build();

/** The demo as a picture: the dump, its problems and the lock-wait graph. @param {string} file */
async function picture(file) {
  const { openWindow } = await import('./lib/steps.mjs');
  const window = await openWindow({ folder, size: { width: 1600, height: 1000 }, quiet: true });
  try {
    await window.perform({ kind: 'theme', value: 'dark' });
    const said = (await window.perform({ kind: 'open', value: first })) ?? '';
    // The first diagnostic is what the person is to see.
    const place = /^\s+(\d+:\d+) /m.exec(said)?.[1];
    await window.perform({ kind: 'command', value: 'workbench.actions.view.problems' });
    await window.perform({ kind: 'open', value: place === undefined ? first : `${first}:${place}` });
    await window.perform({ kind: 'command', value: 'logjam.showLockGraph' });
    await window.perform({ kind: 'wait-for', value: 'svg .nodes > *' });
    await window.perform({ kind: 'pause', value: '1000' });
    await window.perform({ kind: 'screenshot', value: file });
    console.log(said);
    console.log(`picture: ${file}`);
  } finally {
    await window.close();
  }
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
  const full = address(server, folder, { development: [root], open: first });
  // The full address carries the extension's and the file's: a short one that can be typed leads to it.
  const short = createServer((_, response) => response.writeHead(302, { location: full }).end());
  short.listen(0, '127.0.0.1', () => {
    const place = short.address();
    console.log(`\nVS Code with Logjam runs here (Ctrl+C ends it):\n\n  http://127.0.0.1:${typeof place === 'object' ? place?.port : 0}/\n`);
  });
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
