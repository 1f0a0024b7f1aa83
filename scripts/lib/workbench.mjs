// A real VS Code without a desktop: VS Code's own server, its workbench in headless Chromium, and the extension host of
// the server. The same window serves the host tests (test/host/launcher.mjs), look.mjs, start.mjs and the pictures.
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBridge } from './bridge.mjs';
import { BROWSER_ARGS, ensureBrowser } from './browser.mjs';
import { killTree } from './process.mjs';
import { QUIET_SETTINGS } from './settings.mjs';
import { ensureServer } from './vscodeServer.mjs';

export const THEMES = /** @type {Record<string, string>} */ ({
  dark: 'Dark Modern',
  light: 'Light Modern',
  hc: 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
});

/** Lines that the workbench writes about itself (its native logger and watchdog are not built) into the log that also carries the output of a suite. */
const NOISE =
  /^(Resolv(ing|ed) connection token|Creating a socket|\[reconnection-grace-time\]|(Ignoring fetching|Updating) additional builtin|\[AgentHost|\[AccountPolicyGate\]|\[Service Worker\]|\[remote-connection\]|Creation of workbench contribution|Request to '[^']*package\.nls\.json'|Loading development extension|Timed out waiting for authentication provider|Aborted onWillSaveTextDocument|Canceled: Canceled|(Error: )?Could not locate the bindings file|(Error: )?Cannot find module '\.\/build\/Release\/watchdog')/;

/** @returns {Promise<number>} a TCP port of this machine that is free now */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Starts VS Code's server.
 * @param {{ settings?: Record<string, unknown>, userData?: string, extensions?: string, port?: number, env?: NodeJS.ProcessEnv, verbose?: boolean, testing?: boolean, reuse?: string }} options
 *   userData, extensions: folders, absent: new and removed at the end; testing: lets the page load development extensions and test suites
 * @returns an object with `base` (http address), `log()` (all that it wrote) and `stop()`
 */
export async function startServer(options = {}) {
  const files = await ensureServer();
  const temporary = mkdtempSync(path.join(tmpdir(), 'logjam-vscode-'));
  const userData = options.userData ?? path.join(temporary, 'user-data');
  const extensions = options.extensions ?? path.join(temporary, 'extensions');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  const settingsFile = path.join(userData, 'User', 'settings.json');
  if (!existsSync(settingsFile) || options.settings !== undefined) {
    writeFileSync(settingsFile, JSON.stringify({ ...QUIET_SETTINGS, ...options.settings }, null, 2));
  }
  const port = options.port ?? (await freePort());
  const args = [files.main, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms'];
  args.push('--telemetry-level', 'off', '--disable-workspace-trust');
  args.push('--server-data-dir', path.join(temporary, 'server-data'), '--user-data-dir', userData, '--extensions-dir', extensions);
  // Without this switch a built workbench ignores extensionDevelopmentPath and extensionTestsPath, and a suite never starts.
  if (options.testing) args.push('--enable-smoke-test-driver');

  const env = { ...(options.env ?? process.env) };
  for (const key of Object.keys(env)) if (/^VSCODE_|^NODE_OPTIONS$|^ELECTRON_RUN_AS_NODE$/.test(key)) delete env[key];
  env['EXTENSIONS_GALLERY'] ??= '{"serviceUrl":""}'; // no marketplace: nothing is looked up outside
  const child = spawn(files.node, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  let dead = false;
  const keep = (/** @type {Buffer} */ data) => {
    log += data;
    if (options.verbose) process.stderr.write(data);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('exit', () => (dead = true));
  // A caller that is killed leaves no server behind.
  const atExit = () => killTree(child.pid);
  process.on('exit', atExit);

  const stop = async () => {
    killTree(child.pid, 'SIGTERM');
    for (let i = 0; i < 30 && !dead; i++) await sleep(100);
    killTree(child.pid);
    process.off('exit', atExit);
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  };
  const base = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (dead || Date.now() > deadline) {
      await stop();
      throw new Error(`VS Code's server did not come up:\n${log}`);
    }
    const answer = await fetch(`${base}/version`).catch(() => undefined);
    if (answer?.ok) return { base, port, temporary, pid: child.pid, log: () => log, stop };
    await sleep(50);
  }
}

/**
 * The address that opens a folder, a file or a .code-workspace.
 * @param {{base: string, port: number}} server
 * @param {string | undefined} target
 * @param {{development?: string[], tests?: string, open?: string}} [extension] open: a file to show in the folder
 */
export function address(server, target, extension = {}) {
  const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${server.port}${pathToFileURL(path.resolve(file)).pathname}`;
  /** @type {[string, string][]} */
  const payload = [];
  for (const folder of extension.development ?? []) payload.push(['extensionDevelopmentPath', remote(folder)]);
  if (extension.tests !== undefined) payload.push(['extensionTestsPath', remote(extension.tests)]);
  if (extension.open !== undefined) payload.push(['openFile', remote(extension.open)]);
  if (payload.length > 0) payload.unshift(['skipWelcome', 'true'], ['skipReleaseNotes', 'true']);
  const url = new URL(server.base);
  const place = target === undefined ? undefined : path.resolve(target);
  if (place === undefined) url.searchParams.set('ew', 'true');
  else if (place.endsWith('.code-workspace')) url.searchParams.set('workspace', place);
  else if (statSync(place).isDirectory()) url.searchParams.set('folder', place);
  else {
    payload.push(['openFile', remote(place)]);
    url.searchParams.set('ew', 'true');
  }
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** Serves a folder to the page, as the server of a hosted web extension would. @param {string} folder */
async function serveFolder(folder) {
  const types = /** @type {Record<string, string>} */ ({ '.js': 'text/javascript', '.json': 'application/json', '.css': 'text/css' });
  const served = createHttpServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    const file = path.join(folder, path.normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname)));
    if (!existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404).end();
    response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  const port = await freePort();
  await new Promise((resolve) => served.listen(port, '127.0.0.1', () => resolve(undefined)));
  return {
    uri: (/** @type {string} */ file) => ({ scheme: 'http', authority: `127.0.0.1:${port}`, path: file }),
    close: () => {
      served.closeAllConnections();
      served.close();
    },
  };
}

/**
 * Runs in the page before its scripts: names extensions that the extension host in the browser is to load. The payload of
 * the address cannot do that for http addresses; the configuration that the page carries can.
 * @param {object} development
 */
function developInBrowser(development) {
  if (window.top !== window) return;
  document.addEventListener('readystatechange', () => {
    const element = document.getElementById('vscode-workbench-web-configuration');
    if (document.readyState !== 'interactive' || element === null) return;
    const configuration = JSON.parse(element.dataset['settings'] ?? '{}');
    configuration.developmentOptions = { ...configuration.developmentOptions, ...development };
    element.dataset['settings'] = JSON.stringify(configuration);
  });
}

/**
 * Opens a window: server, headless browser, page, and the bridge over which code in the extension host reaches the page.
 * @param {{
 *   target?: string, development?: string[], tests?: string, settings?: Record<string, unknown>, extensions?: string, userData?: string,
 *   size?: {width: number, height: number}, scale?: number, env?: NodeJS.ProcessEnv, timeout?: number, verbose?: boolean,
 *   web?: {extension: string, tests: string}, pictures?: string, onLog?: (type: string, args: string[]) => void,
 * }} options  timeout: ms until `exit` is given up; web: folder of an extension, and the file of a suite in it, for the extension host in the browser
 */
export async function openWorkbench(options) {
  const browser = await ensureBrowser();
  const { chromium } = await import('playwright-core');
  const bridge = await openBridge(options.pictures);
  const env = { ...(options.env ?? process.env), LOGJAM_WINDOW: bridge.url };
  /** @type {Awaited<ReturnType<typeof startServer>> | undefined} */
  let server;
  /** @type {import('playwright-core').BrowserContext | undefined} */
  let context;
  const files = options.web && (await serveFolder(options.web.extension));
  const stop = async () => {
    bridge.close();
    files?.close();
    await context?.close().catch(() => undefined);
    await server?.stop();
  };
  try {
    server = await startServer({
      env,
      testing: true,
      verbose: options.verbose ?? false,
      ...(options.settings && { settings: options.settings }),
      ...(options.extensions && { extensions: options.extensions }),
      ...(options.userData && { userData: options.userData }),
    });
    context = await chromium.launchPersistentContext(path.join(server.temporary, 'browser'), {
      executablePath: browser,
      headless: true,
      viewport: options.size ?? { width: 1400, height: 900 },
      deviceScaleFactor: options.scale ?? 1,
      permissions: ['clipboard-read', 'clipboard-write'],
      // The page itself may not load an extension from another address.
      bypassCSP: options.web !== undefined,
      args: BROWSER_ARGS,
    });
    const page = context.pages()[0] ?? (await context.newPage());
    bridge.attach(page);
    if (options.verbose) {
      page.on('console', (message) => console.error('[page]', message.text().slice(0, 400)));
      page.on('pageerror', (error) => console.error('[page error]', error));
    }
    /** @type {(code: number) => void} */
    let finish = () => undefined;
    /** @type {(error: Error) => void} */
    let giveUp = () => undefined;
    /** @type {Promise<number>} */
    const exit = new Promise((resolve, reject) => {
      finish = resolve;
      giveUp = reject;
    });
    exit.catch(() => undefined);
    const show = options.onLog ?? ((type, args) => (type === 'error' || type === 'warn' ? console.error(...args) : console.log(...args)));
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {string[]} */ args) => {
      if (options.verbose || !NOISE.test(String(args[0]))) show(type, args);
    });
    await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => finish(code));
    page.on('crash', () => giveUp(new Error('the page crashed')));
    if (options.timeout !== undefined) setTimeout(() => giveUp(new Error(`no result within ${options.timeout} ms`)), options.timeout).unref();
    if (options.web !== undefined && files !== undefined) {
      await page.addInitScript(developInBrowser, { extensions: [files.uri('/')], extensionTestsPath: files.uri(`/${options.web.tests}`) });
    }
    const { development, tests } = options;
    await page.goto(address(server, options.target, { ...(development && { development }), ...(tests && { tests }) }));
    const { log } = server;
    /** How the extension host ended, when that was not in good order: the workbench itself reports success even then. */
    const hostDeath = () => {
      const ends = [...log().matchAll(/Extension Host Process exited with code: (\S+), signal: (\S+?)\./g)];
      return ends.find((end) => end[1] !== '0' || end[2] !== 'null')?.[0];
    };
    return { page, bridge, exit, hostDeath, log, stop, base: server.base };
  } catch (error) {
    await stop();
    throw error;
  }
}
