// The page of the report: links lead into files, what was read is kept through a reload, errors say so.
import assert from 'node:assert/strict';
import { panelHtml } from '../../client/src/panelHtml.ts';
import type { ReportFromWebview, ReportToWebview } from '../../common/webview.ts';
import { assertReachable, closeBrowser, openPanel } from './harness.ts';

const open = () => openPanel<ReportToWebview, ReportFromWebview>({ html: (sources) => panelHtml('report', sources) });

const LINK = encodeURIComponent('file:///logs/jobmanager.log#L12');
const REPORT: ReportToWebview = {
  type: 'report',
  uri: 'file:///logs',
  name: 'report',
  title: 'logs',
  html: `<h1>logs</h1><h2>Trigger</h2><p>Line <a href="#${LINK}">jobmanager.log:12</a></p><table><tr><td>1</td></tr></table>${'<p>more</p>'.repeat(200)}`,
  markdown: '# logs\n',
};

describe('report panel', function () {
  this.timeout(60_000);
  after(closeBrowser);

  it('has the focus after opening, and its toolbar within three Tabs', async () => {
    const panel = await open();
    await panel.send(REPORT);
    await panel.page.locator('article h2').waitFor();
    await assertReachable(panel.page);
    await panel.close();
  });

  it('leads to a line of a file', async () => {
    const panel = await open();
    await panel.send(REPORT);
    await panel.page.click('a');
    const start = { line: 11, character: 0 };
    assert.deepEqual(await panel.message(({ type }) => type === 'reveal'), {
      type: 'reveal',
      uri: 'file:///logs/jobmanager.log',
      place: { start, end: start },
      keepFocus: false,
    });
    assert.equal(await panel.page.locator('.table table').count(), 1);
    await panel.picture('report-dark');
    await panel.close();
  });

  it('is where the reader left it after a reload', async () => {
    const panel = await open();
    await panel.send(REPORT);
    await panel.page.locator('h2').waitFor();
    await panel.page.evaluate(() => document.querySelector('.scroller')?.scrollTo(0, 500));
    const scrolled = () => panel.page.evaluate(() => document.querySelector('.scroller')?.scrollTop);
    while (((await panel.state()) as { view: { scroll: number } }).view.scroll !== 500) await panel.page.waitForTimeout(50);
    await panel.page.reload();
    await panel.send(REPORT);
    while ((await scrolled()) !== 500) await panel.page.waitForTimeout(50);
    await panel.close();
  });

  it('is scrolled by the keyboard without a click', async () => {
    const panel = await open();
    await panel.send(REPORT);
    await panel.page.locator('h2').waitFor();
    await panel.page.keyboard.press('End');
    while ((await panel.page.evaluate(() => document.querySelector('.scroller')?.scrollTop)) === 0) await panel.page.waitForTimeout(50);
    await panel.close();
  });

  it('is saved as Markdown', async () => {
    const panel = await open();
    await panel.send(REPORT);
    await panel.page.click('[title^="Save as Markdown"]');
    assert.deepEqual(await panel.message(({ type }) => type === 'save'), {
      type: 'save',
      name: 'logs.report',
      format: 'md',
      encoding: 'utf8',
      data: '# logs\n',
    });
    await panel.close();
  });

  it('says why there is none, and asks again', async () => {
    const panel = await open();
    await panel.send({ type: 'error', message: 'There is no Flink log here.' });
    await panel.page.getByText('There is no Flink log here.').waitFor();
    await panel.page.click('text=Try again');
    await panel.message(({ type }) => type === 'retry');
    await panel.close();
  });
});
