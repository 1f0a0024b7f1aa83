import assert from 'node:assert/strict';
import { panelHtml } from '../../client/src/panelHtml.ts';
import type { FileAnalysis } from '../../common/contracts.ts';
import type { LargeFileFromWebview, LargeFileToWebview } from '../../common/webview.ts';
import { assertReachable, closeBrowser, openPanel, type Panel, type PanelOptions, type Theme } from './harness.ts';

type LargePanel = Panel<LargeFileToWebview, LargeFileFromWebview>;

const TOTAL = 100_000;
const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 5 } });

const ANALYSIS: FileAnalysis = {
  kind: 'flink-log',
  dialect: 'flink-log4j',
  report: 'logjam:/x.report.md',
  verdict: null,
  views: ['calls'],
  documents: ['timeline', 'icicle'],
  contents: ['relations'],
  findings: [
    { severity: 'error', message: 'Map failed first.', range: at(500) },
    { severity: 'warning', message: 'Cancellation is stuck.', range: at(40) },
    { severity: 'error', message: 'Heap is exhausted.', range: at(90_000) },
  ],
  more: 0,
  outline: [
    {
      name: 'Tasks',
      line: 10,
      children: [
        {
          name: 'Map',
          line: 10,
          children: [
            { name: '1/2 #0', detail: 'FAILED', line: 500, children: [] },
            { name: '2/2 #0', detail: 'CANCELED', line: 520, children: [] },
          ],
        },
      ],
    },
    { name: 'Exceptions', line: 501, children: Array.from({ length: 30 }, (_, index) => ({ name: `E${index}`, line: index, children: [] })) },
  ],
};

async function open(options: Partial<PanelOptions> = {}): Promise<LargePanel> {
  const panel = await openPanel<LargeFileToWebview, LargeFileFromWebview>({ html: (sources) => panelHtml('largeFile', sources), ...options });
  const answered = new Set<number>();
  let total = TOTAL;
  // VS Code's side: answers every request for lines.
  const timer = setInterval(() => {
    for (const message of panel.messages) {
      if (message.type !== 'lines' || answered.has(message.request)) continue;
      answered.add(message.request);
      if (message.follow) total += 10;
      const from = Math.min(message.from, total - 1);
      const lines = Array.from({ length: Math.min(message.count, total - from) }, (_, index) => `text of line ${from + index + 1}`);
      void panel.send({ type: 'lines', request: message.request, lines: { from, lines, total, bytes: total * 10 } }).catch(() => undefined);
    }
  }, 10);
  timer.unref();
  await panel.message((message) => message.type === 'ready');
  await panel.send({ type: 'file', name: 'big.log', analysis: ANALYSIS });
  await panel.page.waitForSelector('.large-line.marked');
  const { close } = panel;
  panel.close = async () => {
    clearInterval(timer);
    await close();
  };
  return panel;
}

const current = (panel: LargePanel) => panel.page.$eval('.large-line.marked', (row) => row.textContent ?? '');
const waitForLine = (panel: LargePanel, number: number) =>
  panel.page.waitForFunction((wanted) => document.querySelector('.large-line.marked .large-number')?.textContent === String(wanted), number);

describe('large-file view', function () {
  this.timeout(60_000);
  after(closeBrowser);

  it('has the focus after opening, and its toolbar within three Tabs', async () => {
    const panel = await open();
    await assertReachable(panel.page);
    await panel.close();
  });

  it('opens at the worst finding and offers what there is', async () => {
    const panel = await open();
    await panel.page.waitForFunction(() => document.querySelector('.large-line.marked')?.textContent?.includes('text of line 501') === true);
    assert.match(await current(panel), /^501/);
    const actions = await panel.page.$$eval('.large-actions button', (buttons) => buttons.map((button) => button.textContent));
    assert.deepEqual(actions, ['Report', 'Timeline', 'Call tree', 'Call graph', 'Relationships']);
    await panel.page.click('.large-actions button:has-text("Timeline")');
    await panel.message((message) => message.type === 'open' && message.what === 'timeline');
    await panel.close();
  });

  it('moves by keys, keeps the current line in sight and tells the panels', async () => {
    const panel = await open();
    await panel.page.focus('.large-lines');
    await panel.page.keyboard.press('ArrowDown');
    await waitForLine(panel, 502);
    await panel.message((message) => message.type === 'cursor' && message.line === 501);
    await panel.page.keyboard.press('End');
    await waitForLine(panel, TOTAL);
    await panel.page.keyboard.press('Home');
    await waitForLine(panel, 1);
    assert.equal(await panel.page.getAttribute('.large-lines', 'aria-activedescendant'), 'line-0');
    await panel.page.keyboard.press('F8');
    await waitForLine(panel, 41);
    await panel.page.keyboard.press('F8');
    await waitForLine(panel, 501);
    await panel.page.keyboard.press('Shift+F8');
    await panel.page.keyboard.press('Shift+F8');
    await waitForLine(panel, 90_001);
    assert.match((await panel.page.textContent('.large-findings .current')) ?? '', /Heap is exhausted/);
    await panel.page.keyboard.press('Control+g');
    await panel.page.keyboard.type('777');
    await panel.page.keyboard.press('Enter');
    await waitForLine(panel, 777);
    await panel.close();
  });

  it('finds a text in the whole file and shows it in the lines', async () => {
    const panel = await open();
    await panel.page.keyboard.press('Control+f');
    await panel.page.keyboard.type('Line 60001');
    await panel.page.keyboard.press('Enter');
    const asked = await panel.message((message): message is Extract<LargeFileFromWebview, { type: 'find' }> => message.type === 'find');
    assert.deepEqual(asked.wanted, { text: 'Line 60001', matchCase: false, from: 500, backwards: false });
    await panel.send({ type: 'found', request: asked.request, found: { line: 60_000, wrapped: false } });
    await waitForLine(panel, 60_001);
    await panel.page.waitForFunction(() => document.querySelector('.large-line.marked mark')?.textContent === 'line 60001');
    assert.equal(await panel.page.textContent('.large-said'), 'Line 60,001');
    await panel.page.click('.large-case');
    await panel.page.keyboard.press('Shift+F3');
    const back = await panel.message(
      (message): message is Extract<LargeFileFromWebview, { type: 'find' }> => message.type === 'find' && message.wanted.backwards,
    );
    assert.deepEqual([back.wanted.matchCase, back.wanted.from], [true, 60_000]);
    await panel.send({ type: 'found', request: back.request, found: null });
    await panel.page.waitForFunction(() => document.querySelector('.large-said')?.textContent === 'Not found');
    await panel.close();
  });

  it('has an outline that is walked by keys', async () => {
    const panel = await open();
    await panel.page.click('[data-tab=outline]');
    const shown = () =>
      panel.page.$$eval('[role=treeitem]', (nodes) =>
        nodes.filter((node) => (node as HTMLElement).offsetParent !== null).map((node) => node.querySelector('.large-name')?.textContent),
      );
    assert.deepEqual(await shown(), ['Tasks', 'Map', 'Exceptions']);
    await panel.page.focus('[role=treeitem][tabindex="0"]');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowRight');
    assert.deepEqual(await shown(), ['Tasks', 'Map', '1/2 #0', '2/2 #0', 'Exceptions']);
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Enter');
    await waitForLine(panel, 521);
    await panel.close();
  });

  it('goes where a panel leads without answering it', async () => {
    const panel = await open();
    await panel.send({ type: 'reveal', line: 1234, focus: false });
    await waitForLine(panel, 1235);
    await panel.page.waitForTimeout(200);
    assert.equal(panel.messages.filter((message) => message.type === 'cursor').length, 0);
    await panel.close();
  });

  it('follows a growing file and offers to read it again', async () => {
    const panel = await open();
    await panel.page.focus('.large-lines');
    await panel.page.keyboard.press('End');
    await waitForLine(panel, TOTAL);
    await panel.page.check('#follow');
    await panel.page.waitForFunction((total) => document.querySelector('.large-lines')?.textContent?.includes(`text of line ${total + 10}`), TOTAL);
    assert.match((await panel.page.textContent('.large-grown')) ?? '', /has grown by \d+ lines since it was read\. Read it again/);
    await panel.page.click('.large-grown button');
    await panel.message((message) => message.type === 'retry');
    await panel.close();
  });

  for (const theme of ['dark', 'light', 'hc'] satisfies Theme[]) {
    it(`has a picture in ${theme}`, async () => {
      const panel = await open({ theme });
      await panel.page.click('[data-tab=outline]');
      await panel.picture(`large-${theme}`);
      await panel.close();
    });
  }
});
