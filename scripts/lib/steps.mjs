// A window with the extension, and the steps a person takes in it, each named by a word and a value.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitForElement, waitForText } from './bridge.mjs';
import { at, root } from './paths.mjs';
import { openWorkbench, THEMES } from './workbench.mjs';

/** @typedef {{kind: string, value: string}} Step */
/** @typedef {Awaited<ReturnType<typeof openWindow>>} Window */

export const STEP_KINDS = ['open', 'command', 'wait', 'wait-for', 'press', 'type', 'click', 'hover', 'theme', 'pause', 'screenshot'];

/**
 * @param {{folder?: string, extension?: string, settings?: Record<string, unknown>, size?: {width: number, height: number}, scale?: number, verbose?: boolean, quiet?: boolean}} options
 *   folder: a copy of it is the workspace; quiet: no output of the window's log
 */
export async function openWindow(options) {
  const scratch = mkdtempSync(path.join(tmpdir(), 'logjam-look-'));
  const from = options.folder === undefined ? undefined : path.resolve(options.folder);
  const copy = from === undefined ? undefined : path.join(scratch, path.basename(from));
  if (from !== undefined && copy !== undefined) cpSync(from, copy, { recursive: true });
  const window = await openWorkbench({
    development: [options.extension ?? root],
    tests: at('test/host/driver.cjs'),
    settings: options.settings ?? {},
    size: options.size ?? { width: 1400, height: 900 },
    scale: options.scale ?? 1,
    verbose: options.verbose ?? false,
    ...(copy && { target: copy }),
    onLog: (type, args) => {
      if (!options.quiet) console.error(`[${type}]`, ...args.map((arg) => String(arg).slice(0, 400)));
    },
  });
  const { page, bridge } = window;

  /** FILE[:LINE[:COLUMN]], where FILE may have colons itself; a file of the folder is the one in the copy. @param {string} text */
  function place(text) {
    const match = existsSync(text) ? null : /^(.*?):(\d+)(?::(\d+))?$/.exec(text);
    const file = path.resolve(match?.[1] ?? text);
    if (!existsSync(file) || !statSync(file).isFile()) throw new Error(`${file}: no such file`);
    const relative = from === undefined ? '..' : path.relative(from, file);
    const opened = copy === undefined || relative.startsWith('..') ? file : path.join(copy, relative);
    return { path: opened, ...(match?.[2] && { line: Number(match[2]) }), ...(match?.[3] && { character: Number(match[3]) }) };
  }

  /** @type {Record<string, (value: string) => Promise<string | void>>} */
  const steps = {
    async open(value) {
      await bridge.drive({ kind: 'open', ...place(value) });
      const found = /** @type {string[]} */ (await bridge.drive({ kind: 'settle', timeout: 30_000 }));
      const language = await bridge.drive({ kind: 'language' });
      return [`opened ${value} as ${language ?? 'a custom editor'}, ${found.length} diagnostics`, ...found.slice(0, 20)].join('\n  ');
    },
    async command(value) {
      const [, id, args] = /^([^=]+)(?:=(.*))?$/s.exec(value) ?? [];
      const answer = await bridge.drive({ kind: 'command', id, args: args === undefined ? [] : JSON.parse(args) });
      await page.waitForTimeout(500);
      return `${id}: ${answer}`;
    },
    async theme(value) {
      const theme = THEMES[value];
      if (theme === undefined) throw new Error(`the themes are ${Object.keys(THEMES).join(', ')}`);
      await bridge.drive({ kind: 'setting', key: 'workbench.colorTheme', value: theme });
      await page.waitForTimeout(300);
    },
    wait: (value) => waitForText(page, value),
    'wait-for': (value) => waitForElement(page, value),
    press: (value) => page.keyboard.press(value),
    type: (value) => page.keyboard.type(value),
    click: (value) => ask('click', { selector: value }),
    hover: (value) => ask('hover', { selector: value }),
    pause: (value) => page.waitForTimeout(Number(value)),
    async screenshot(value) {
      mkdirSync(path.dirname(path.resolve(value)), { recursive: true });
      await page.waitForTimeout(300);
      await page.screenshot({ path: value });
      return value;
    },
  };

  /** @param {string} action @param {object} request */
  async function ask(action, request) {
    const answer = await fetch(`${bridge.url}/${action}`, { method: 'POST', body: JSON.stringify(request) });
    if (!answer.ok) throw new Error((await answer.json()).error);
  }

  /** Does a step; answers with what there is to say about it. @param {Step} step @returns {Promise<string | undefined>} @throws Error */
  async function perform({ kind, value }) {
    const step = steps[kind];
    if (step === undefined) throw new Error(`${kind}: the steps are ${STEP_KINDS.join(', ')}`);
    const closed = window.exit.then(() => Promise.reject(new Error('the window closed')));
    try {
      return (await Promise.race([step(value), closed])) ?? undefined;
    } catch (error) {
      throw new Error(`${kind} ${value}: ${error instanceof Error ? error.message : error}`);
    }
  }

  async function close() {
    await window.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
  return { page, bridge, perform, close };
}
