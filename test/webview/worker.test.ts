// The language server as VS Code for the Web runs it: dist/server/browser.js in a worker, fed with plain messages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { fixingScript } from '../../common/fixedLanguage.ts';
import { BROWSER_ARGS, ensureBrowser } from '../../scripts/lib/browser.mjs';
import { at } from '../../scripts/lib/paths.mjs';

declare global {
  interface Window {
    ask(method: string, params: unknown): Promise<unknown>;
    tell(method: string, params: unknown): void;
    published: { uri: string; diagnostics: { code?: string; message: string }[] }[];
  }
}

/** Runs in the page: a JSON-RPC client over the worker's messages. */
function connect(script: string): void {
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  const waiting = new Map<number, (result: unknown) => void>();
  let next = 0;
  window.published = [];
  worker.onmessage = ({ data }) => {
    if (data.method === 'textDocument/publishDiagnostics') window.published.push(data.params);
    if (data.id !== undefined && data.method === undefined) waiting.get(data.id)?.(data.result ?? data.error);
    else if (data.id !== undefined) worker.postMessage({ jsonrpc: '2.0', id: data.id, result: null });
  };
  window.tell = (method, params) => worker.postMessage({ jsonrpc: '2.0', method, params });
  window.ask = (method, params) =>
    new Promise((resolve) => {
      waiting.set(++next, resolve);
      worker.postMessage({ jsonrpc: '2.0', id: next, method, params });
    });
}

/** Runs in the page: opens a thread dump. */
function openDocument([uri, text]: readonly [uri: string, text: string]): void {
  window.tell('initialized', {});
  window.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'java-threaddump', version: 1, text } });
}

describe('the language server in a web worker', () => {
  let browser: Browser;
  let page: Page;
  const uri = 'vscode-vfs://github/a/b/ticket.txt';
  const text = readFileSync(at('test/fixtures/dumps/packed/flink-22946-jira.txt'), 'utf8');

  before(async function () {
    this.timeout(120_000);
    browser = await chromium.launch({ executablePath: await ensureBrowser(), args: BROWSER_ARGS });
    page = await browser.newPage();
    await page.evaluate(connect, readFileSync(at('dist/server/browser.js'), 'utf8'));
  });
  after(() => browser?.close());

  it('answers, and finds the deadlock in a document that is on no disk', async () => {
    const initialised = (await page.evaluate(() => window.ask('initialize', { processId: null, rootUri: null, capabilities: {} }))) as {
      capabilities: { hoverProvider: boolean };
    };
    assert.equal(initialised.capabilities.hoverProvider, true);
    await page.evaluate(openDocument, [uri, text] as const);
    await page.waitForFunction(() => window.published.some(({ diagnostics }) => diagnostics.length > 0), undefined, { timeout: 20_000 });
    const published = await page.evaluate(() => window.published.at(-1));
    assert.deepEqual(published?.diagnostics.map(({ code }) => code).sort(), ['deadlock', 'known-issue']);
  });

  it('says it in Chinese where the tables are run before it', async () => {
    const chinese = await browser.newPage();
    const scripts = ['chinese.js', 'browser.js'].map((name) => readFileSync(at('dist/server', name), 'utf8'));
    await chinese.evaluate(connect, `${fixingScript('zh-cn')}${scripts.join('\n')}`);
    await chinese.evaluate(() => window.ask('initialize', { processId: null, rootUri: null, capabilities: {} }));
    await chinese.evaluate(openDocument, [uri, text] as const);
    await chinese.waitForFunction(() => window.published.some(({ diagnostics }) => diagnostics.length > 0), undefined, { timeout: 20_000 });
    const published = await chinese.evaluate(() => window.published.at(-1));
    for (const { message } of published?.diagnostics ?? []) assert.match(message, /\p{Script=Han}/u);
    assert.ok(published?.diagnostics.some(({ message }) => message.startsWith('FLINK-22946：')));
  });

  it('hovers', async () => {
    const line = text.split('\n').findIndex((one) => one.includes('Channel state writer'));
    const character = (text.split('\n')[line] as string).indexOf('Channel');
    const hover = (await page.evaluate(
      ([documentUri, position]) => window.ask('textDocument/hover', { textDocument: { uri: documentUri }, position }),
      [uri, { line, character }] as const,
    )) as {
      contents: { value: string };
    };
    assert.match(hover.contents.value, /channel state writer/);
  });
});
