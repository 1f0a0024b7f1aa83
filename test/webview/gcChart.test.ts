// The chart of a GC log: verdict, events by keyboard and pointer, ways to the text, every theme.
import assert from 'node:assert/strict';
import { panelHtml } from '../../client/src/panelHtml.ts';
import type { GcChartDocument } from '../../common/gcChart.ts';
import type { Place } from '../../common/span.ts';
import type { GcChartFromWebview, GcChartToWebview } from '../../common/webview.ts';
import { assertReachable, closeBrowser, openPanel, type PanelOptions, type Theme } from './harness.ts';

const place = (line: number): Place => ({ start: { line, character: 0 }, end: { line, character: 20 } });

const CHART: GcChartDocument<Place> = {
  verdict: 'The heap was exhausted once',
  dated: true,
  zone: '+00:00',
  events: Array.from({ length: 30 }, (_, i) => ({
    time: 1_700_000_000_000 + i * 1000,
    kind: i % 10 === 9 ? ('full' as const) : ('young' as const),
    after: 20_000 + i * 3000,
    capacity: 131_072,
    pauseMs: i === 12 ? 2500 : 20 + i,
    text: `Pause ${i}`,
    place: place(i * 2),
  })),
  notes: ['A note.'],
};

async function open(options: Partial<PanelOptions> = {}) {
  const panel = await openPanel<GcChartToWebview, GcChartFromWebview>({ html: (sources) => panelHtml('gcChart', sources), ...options });
  await panel.message((message) => message.type === 'ready');
  await panel.send({ type: 'gcChart', uri: 'file:///gc.log', document: CHART });
  await panel.page.waitForSelector('.gc-plot');
  return panel;
}

describe('gc chart panel', function () {
  this.timeout(60_000);
  after(closeBrowser);

  it('has the focus after opening, and its toolbar within three Tabs', async () => {
    const panel = await open();
    await assertReachable(panel.page);
    await panel.close();
  });

  it('says the verdict, and draws heap and pauses', async () => {
    const { page, close } = await open();
    assert.equal(await page.textContent('h1'), CHART.verdict);
    assert.equal(await page.locator('.dot').count(), 30);
    assert.equal(await page.locator('.bar').count(), 30);
    assert.equal(await page.textContent('.notes'), 'A note.');
    await close();
  });

  it('has the keyboard at once: arrow keys go through the events, Enter leads to the line', async () => {
    const panel = await open();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('ArrowRight');
    assert.match((await panel.page.textContent('.about')) ?? '', /Pause 1$/);
    await panel.page.keyboard.press('Enter');
    const sent = await panel.message((message) => message.type === 'reveal');
    assert.deepEqual(sent, { type: 'reveal', uri: null, place: place(2), keepFocus: false });
    await panel.close();
  });

  it('leads to the longest pause, and follows the cursor', async () => {
    const panel = await open();
    await panel.page.click('text=Longest pause');
    assert.deepEqual(await panel.message((message) => message.type === 'reveal'), { type: 'reveal', uri: null, place: place(24), keepFocus: true });
    await panel.send({ type: 'cursor', line: 9 });
    await panel.page.waitForFunction(() => document.querySelector('.about')?.textContent?.endsWith('Pause 4'));
    await panel.close();
  });

  for (const theme of ['dark', 'light', 'hc', 'hc-light'] satisfies Theme[]) {
    it(`is drawn in ${theme}`, async () => {
      const panel = await open({ theme });
      await panel.picture(`gc-chart-${theme}`);
      await panel.close();
    });
  }
});
