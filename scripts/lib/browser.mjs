// One browser for the webview tests, the pictures and the headless VS Code: Chrome, Chromium or Edge.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from './paths.mjs';
import { run } from './process.mjs';

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'chrome',
  'msedge',
];

const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

function executable(/** @type {string} */ file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function candidates() {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  if (process.platform === 'darwin') return [...MAC, ...MAC.map((file) => path.join(process.env['HOME'] ?? '', file))];
  if (process.platform === 'win32') {
    const bases = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((key) => process.env[key]).filter((base) => base !== undefined);
    return bases.flatMap((base) => WINDOWS.map((file) => path.join(base, file)));
  }
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

/** The browser downloaded by Playwright, when it is there. */
async function playwrightBrowser() {
  const { chromium } = await import('playwright-core');
  const file = chromium.executablePath();
  return file !== '' && existsSync(file) ? file : undefined;
}

/**
 * The browser that is there now: LOGJAM_BROWSER, an installed Chrome, Chromium or Edge, or Playwright's own.
 * @returns {Promise<string | undefined>} path of the program
 */
async function findBrowser() {
  const named = process.env['LOGJAM_BROWSER'];
  if (named) return named;
  return candidates().find(executable) ?? (await playwrightBrowser());
}

function debianLike() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

async function installPlaywright() {
  console.log("No Chrome, Chromium or Edge found: trying Playwright's download of Chromium…");
  const { code, timedOut } = await run(process.execPath, [at('node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'], {
    quiet: true,
    timeout: 240_000,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000', ...process.env },
  });
  if (code !== 0) console.log(timedOut ? 'The download took too long.' : 'The download did not work.');
  return code === 0 ? playwrightBrowser() : undefined;
}

async function installDebianPackage() {
  if (!debianLike()) return undefined;
  console.log("Installing this distribution's `chromium` package: apt-get update && apt-get install -y chromium");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
  ]) {
    const { code, stdout, stderr } = await run('apt-get', args, { quiet: true, env, timeout: 600_000 });
    if (code !== 0) {
      console.log(`apt-get ${args.join(' ')} failed:\n${(stdout + stderr).split('\n').slice(-8).join('\n')}`);
      return undefined;
    }
  }
  return candidates().find(executable);
}

/**
 * Finds a browser or installs one: Playwright's download, else (as root on Debian or Ubuntu) the `chromium` package.
 * @returns {Promise<string>} path of the program
 * @throws Error with one line that says what to install
 */
export async function ensureBrowser() {
  const file = (await findBrowser()) ?? (await installPlaywright()) ?? (await installDebianPackage());
  if (file === undefined) throw new Error('No browser: install Chrome, Chromium or Edge, or set LOGJAM_BROWSER to one.');
  return file;
}

/** Command-line switches for a browser that tests drive: no network but this machine, no first-run pages. */
export const BROWSER_ARGS = [
  ...(process.platform === 'linux' ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];
