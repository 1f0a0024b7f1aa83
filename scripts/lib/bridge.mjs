// A small HTTP service between the window (the page in the browser) and code that runs in VS Code's extension host.
// A suite asks it for pictures, keys and clicks; a script on this side (look.mjs, pictures) hands work to test/host/driver.cjs.
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { at, cache } from './paths.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

/** Text of a frame as a person reads it; VS Code's editor writes blanks as no-break spaces. @param {Frame} frame */
export async function textOf(frame) {
  // biome-ignore lint/performance/useDomNodeTextContent: only what is shown counts, not hidden nodes and style sheets
  const text = await frame.evaluate(() => document.body?.innerText ?? '').catch(() => '');
  return text.replaceAll('\u00a0', ' ').replaceAll('\u200b', '');
}

/** @param {Page} page @param {string} text @param {number} timeout ms */
export async function waitForText(page, text, timeout = 30_000) {
  const deadline = Date.now() + timeout;
  for (;;) {
    for (const frame of page.frames()) if ((await textOf(frame)).includes(text)) return;
    if (Date.now() > deadline) throw new Error(`"${text}" did not appear within ${timeout} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits until a frame (webviews included) has an element. @param {Page} page @param {string} selector @param {number} timeout ms */
export async function waitForElement(page, selector, timeout = 30_000) {
  const deadline = Date.now() + timeout;
  for (;;) {
    for (const frame of page.frames()) if (await frame.$(selector).catch(() => null)) return;
    if (Date.now() > deadline) throw new Error(`${selector} did not appear within ${timeout} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The innermost frames of webviews that are on the page, by what they contain. @param {Page} page @param {string} selector */
async function frameWith(page, selector) {
  for (const frame of page.frames()) {
    if (await frame.$(selector).catch(() => null)) return frame;
  }
  throw new Error(`nothing on the page matches ${selector}`);
}

/** What a suite may ask for. Each takes the request and gives what is sent back. @type {Record<string, (page: Page, request: any, folder: string) => Promise<unknown>>} */
const ACTIONS = {
  /** {name}: a picture of the window in the folder of pictures. */
  async screenshot(page, { name }, folder) {
    const file = path.join(folder, `${String(name).replace(/[^\w.-]+/g, '-')}.png`);
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: file });
    return file;
  },
  /** {key}: one key or chord, for example `Control+Shift+M`. */
  press: (page, { key }) => page.keyboard.press(key),
  /** {text}: typed letter by letter. */
  type: (page, { text }) => page.keyboard.type(text),
  /** {selector}: clicked in the frame that has it. */
  click: async (page, { selector, button, double }) => {
    const frame = await frameWith(page, selector);
    await frame
      .locator(selector)
      .first()
      .click({ button: button ?? 'left', clickCount: double ? 2 : 1, timeout: 10_000 });
  },
  /** {selector}: the pointer moved over it. */
  hover: async (page, { selector }) => (await frameWith(page, selector)).locator(selector).first().hover({ timeout: 10_000 }),
  /** {selector, timeout?}: waits until a frame has it. */
  waitFor: (page, { selector, timeout }) => waitForElement(page, selector, timeout),
  /** {text, timeout?}: waits until some frame shows this text. */
  waitForText: (page, { text, timeout }) => waitForText(page, text, timeout),
  /** {}: the text of all frames. */
  text: async (page) => (await Promise.all(page.frames().map(textOf))).join('\n'),
  /** {selector, script}: a JavaScript expression, evaluated in the frame that has the selector. */
  evaluate: async (page, { selector, script }) => (await frameWith(page, selector ?? 'body')).evaluate(script),
  /** {width, height}: size of the window. */
  resize: (page, size) => page.setViewportSize(size),
  /** {}: the page loaded anew, as a person's reload. */
  reload: (page) => page.reload(),
};

/**
 * @param {string} [pictures] folder for screenshots asked for by name
 */
export async function openBridge(pictures = path.join(cache, 'screenshots')) {
  const folder = path.resolve(at(), pictures);
  /** @type {Page | undefined} */
  let page;
  /** Work for the driver that nobody has fetched yet. @type {{job: unknown, resolve: (value: any) => void, reject: (error: Error) => void}[]} */
  const queue = [];
  /** @type {(typeof queue)[number] | undefined} */
  let current;
  /** @type {((job: unknown) => void) | undefined} */
  let fetcher;
  const serve = () => {
    if (fetcher === undefined || queue.length === 0) return;
    current = queue.shift();
    fetcher(current?.job);
    fetcher = undefined;
  };

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const answer = (/** @type {number} */ status, /** @type {unknown} */ value) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value ?? null));
    const name = (request.url ?? '/').slice(1);
    if (name === 'driver/next') {
      fetcher = (job) => answer(200, job);
      serve();
    } else if (name === 'driver/done') {
      const { error, value } = JSON.parse(body);
      if (error !== undefined) current?.reject(new Error(error));
      else current?.resolve(value);
      answer(200, null);
    } else {
      const action = ACTIONS[name];
      if (page === undefined || action === undefined) return answer(404, { error: `no ${name} here` });
      try {
        answer(200, await action(page, body === '' ? {} : JSON.parse(body), folder));
      } catch (error) {
        answer(500, { error: error instanceof Error ? error.message : String(error) });
      }
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const place = server.address();
  return {
    url: `http://127.0.0.1:${typeof place === 'object' && place !== null ? place.port : 0}`,
    attach: (/** @type {Page} */ opened) => (page = opened),
    /** Hands work to the driver in the extension host and waits for its answer. @param {Record<string, unknown>} job @returns {Promise<any>} */
    drive: (job) =>
      new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject });
        serve();
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
