// A page of a panel in Chromium without VS Code: its script from dist/media, a stand-in for VS Code's side of the
// messages, and VS Code's theme classes and colours. A failure in the page fails the test.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { BROWSER_ARGS, ensureBrowser } from '../../scripts/lib/browser.mjs';
import { at, cache } from '../../scripts/lib/paths.mjs';

export type Theme = 'dark' | 'light' | 'hc' | 'hc-light';

const THEMES: Record<Theme, { kind: string; colors: Record<string, string> }> = {
  dark: {
    kind: 'vscode-dark',
    colors: {
      'editor-background': '#1f1f1f',
      'editor-foreground': '#cccccc',
      foreground: '#cccccc',
      descriptionForeground: '#9d9d9d',
      focusBorder: '#0078d4',
      errorForeground: '#f85149',
      'editorError-foreground': '#f14c4c',
      'editorWarning-foreground': '#cca700',
      'editorInfo-foreground': '#3794ff',
      'charts-red': '#f14c4c',
      'charts-blue': '#3794ff',
      'charts-yellow': '#cca700',
      'charts-green': '#89d185',
      'charts-orange': '#d18616',
      'charts-purple': '#b180d7',
      'editorWidget-background': '#202020',
      'editorWidget-border': '#454545',
      'input-background': '#313131',
      'input-foreground': '#cccccc',
      'button-background': '#0078d4',
      'button-foreground': '#ffffff',
    },
  },
  light: {
    kind: 'vscode-light',
    colors: {
      'editor-background': '#ffffff',
      'editor-foreground': '#3b3b3b',
      foreground: '#3b3b3b',
      descriptionForeground: '#3b3b3b',
      focusBorder: '#005fb8',
      errorForeground: '#f85149',
      'editorError-foreground': '#e51400',
      'editorWarning-foreground': '#bf8803',
      'editorInfo-foreground': '#0063d3',
      'charts-red': '#e51400',
      'charts-blue': '#0063d3',
      'charts-yellow': '#bf8803',
      'charts-green': '#388a34',
      'charts-orange': '#d18616',
      'charts-purple': '#652d90',
      'editorWidget-background': '#f8f8f8',
      'editorWidget-border': '#c8c8c8',
      'input-background': '#ffffff',
      'input-foreground': '#3b3b3b',
      'button-background': '#005fb8',
      'button-foreground': '#ffffff',
    },
  },
  hc: {
    kind: 'vscode-high-contrast',
    colors: {
      'editor-background': '#000000',
      'editor-foreground': '#ffffff',
      foreground: '#ffffff',
      focusBorder: '#f38518',
      contrastBorder: '#6fc3df',
      contrastActiveBorder: '#f38518',
      'editorError-foreground': '#f48771',
      'charts-red': '#f48771',
      'charts-blue': '#3794ff',
      'charts-yellow': '#ffd370',
    },
  },
  'hc-light': {
    kind: 'vscode-high-contrast-light',
    colors: {
      'editor-background': '#ffffff',
      'editor-foreground': '#292929',
      foreground: '#292929',
      focusBorder: '#006bbd',
      contrastBorder: '#0f4a85',
      contrastActiveBorder: '#006bbd',
      'editorError-foreground': '#b5200d',
      'charts-red': '#b5200d',
      'charts-blue': '#0063d3',
      'charts-yellow': '#895503',
    },
  },
};

/** Where the page gets its parts from. */
export interface Sources {
  /** Address of a file of dist/media. */
  media(file: string): string;
  cspSource: string;
  nonce: string;
}

export interface PanelOptions {
  /** The whole document, for example made by the function that the extension itself uses. */
  html(sources: Sources): string;
  theme?: Theme;
  size?: { width: number; height: number };
  /** What `getState()` answers at first: what a reloaded panel finds. */
  state?: unknown;
  reducedMotion?: boolean;
}

export interface Panel<To, From> {
  page: Page;
  /** Everything the page has sent so far. */
  messages: From[];
  send(message: To): Promise<void>;
  /** The first message (also an earlier one) that satisfies the test. */
  message<T extends From>(test: (message: From) => message is T, timeout?: number): Promise<T>;
  message(test: (message: From) => boolean, timeout?: number): Promise<From>;
  /** What the page has put away with `setState()`. */
  state(): Promise<unknown>;
  /** A picture in .vscode-test/screenshots/. */
  picture(name: string): Promise<string>;
  /** Closes the page. Fails when the page has thrown or has written an error to the console. */
  close(): Promise<void>;
}

let browser: Browser | undefined;
let server: Server | undefined;
let base = '';
let html = '';

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8' };

async function start(): Promise<Browser> {
  server ??= await new Promise<Server>((resolve) => {
    const made = createServer((request, response) => {
      const name = new URL(request.url ?? '/', 'http://x').pathname;
      if (name === '/') return void response.writeHead(200, { 'content-type': TYPES['.html'] }).end(html);
      if (name === '/favicon.ico') return void response.writeHead(204).end();
      const file = path.join(at('dist/media'), path.normalize(name));
      if (!existsSync(file)) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
    });
    made.listen(0, '127.0.0.1', () => resolve(made));
  });
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  browser ??= await chromium.launch({ executablePath: await ensureBrowser(), headless: true, args: BROWSER_ARGS });
  return browser;
}

/** Closes browser and server; call it in an `after` hook of the test file. */
/** Where the keys go once a panel is there: into its page, and from there to its toolbar in three Tabs at most, either way round. */
export async function assertReachable(page: Page): Promise<void> {
  const inToolbar = () => page.evaluate(() => document.activeElement?.closest('header') !== null);
  await page.waitForFunction(() => document.activeElement !== null && document.activeElement !== document.body, undefined, { timeout: 10_000 });
  const pressed = async (key: string): Promise<number> => {
    let count = 0;
    for (; count < 3 && !(await inToolbar()); count++) await page.keyboard.press(key);
    return (await inToolbar()) ? count : Number.POSITIVE_INFINITY;
  };
  const start = await page.evaluateHandle(() => document.activeElement as HTMLElement);
  if ((await pressed('Tab')) <= 3) return;
  await start.evaluate((element) => element.focus());
  assert.ok((await pressed('Shift+Tab')) <= 3, 'the toolbar is more than three Tabs away');
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  browser = undefined;
  server = undefined;
}

/** Opens a panel's page. `To` and `From` are the messages of common/webview.ts. */
export async function openPanel<To, From>(options: PanelOptions): Promise<Panel<To, From>> {
  const { kind, colors } = THEMES[options.theme ?? 'dark'];
  const context = await (await start()).newContext({
    viewport: options.size ?? { width: 1000, height: 700 },
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const messages: From[] = [];
  const waiters = new Set<() => void>();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.exposeFunction('__fromPage', (message: From) => {
    messages.push(message);
    for (const wake of [...waiters]) wake();
  });
  // tsx wraps named functions in a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (made) => made;');
  await page.addInitScript(
    ({ state, themeKind, themeColors }) => {
      const fromPage = (message: unknown): void => Reflect.get(globalThis, '__fromPage')(message);
      const stored = sessionStorage.getItem('state');
      let current = stored === null ? state : JSON.parse(stored);
      const acquireVsCodeApi = () => ({
        postMessage: (message: unknown) => fromPage(message),
        getState: () => current,
        setState: (value: unknown) => {
          current = value;
          sessionStorage.setItem('state', JSON.stringify(value));
          return value;
        },
      });
      Object.assign(globalThis, { acquireVsCodeApi });
      const dress = () => {
        document.body.classList.add(themeKind);
        document.body.dataset['vscodeThemeKind'] = themeKind;
        for (const [name, value] of Object.entries(themeColors)) document.documentElement.style.setProperty(`--vscode-${name}`, value);
        document.documentElement.style.setProperty('--vscode-font-family', 'sans-serif');
        document.documentElement.style.setProperty('--vscode-font-size', '13px');
        document.documentElement.style.setProperty('--vscode-editor-font-family', 'monospace');
        document.body.style.background = themeColors['editor-background'] ?? '';
        document.body.style.color = themeColors['foreground'] ?? '';
      };
      // Before the page's own script runs, as VS Code does it: it stands at the end of the body.
      new MutationObserver((_, observer) => {
        if (document.body === null) return;
        observer.disconnect();
        dress();
      }).observe(document, { childList: true, subtree: true });
    },
    { state: options.state ?? null, themeKind: kind, themeColors: colors },
  );
  html = options.html({ media: (file) => `${base}/${file}`, cspSource: base, nonce: 'test' });
  await page.goto(base);

  async function message(test: (one: From) => boolean, timeout = 10_000): Promise<From> {
    const deadline = Date.now() + timeout;
    for (;;) {
      const found = messages.find(test);
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0)
        throw new Error(`no such message within ${timeout} ms; there were ${JSON.stringify(messages).slice(0, 1000)}; errors: ${errors.join('; ')}`);
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiters.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, left);
        waiters.add(wake);
      });
    }
  }

  return {
    page,
    messages,
    message: message as Panel<To, From>['message'],
    send: (value) => page.evaluate((data) => window.postMessage(data, '*'), value as object),
    state: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? 'null')),
    async picture(name) {
      const file = path.join(cache, 'screenshots', `${name}.png`);
      mkdirSync(path.dirname(file), { recursive: true });
      await page.screenshot({ path: file });
      return file;
    },
    async close() {
      await context.close();
      assert.deepEqual(errors, [], 'the page has written no errors');
    },
  };
}
