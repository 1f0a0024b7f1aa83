// What the pages of all panels say by themselves, in Chinese: on their buttons, in their fields, to screen readers.
import assert from 'node:assert/strict';
import { type PanelPage, panelHtml } from '../../client/src/panelHtml.ts';
import type { GraphDocument } from '../../common/graph.ts';
import type { Range } from '../../common/span.ts';
import { graph } from '../unit/drawing/graphs.ts';
import { closeBrowser, openPanel, type Panel } from './harness.ts';

const PAGES: readonly PanelPage[] = ['graph', 'timeline', 'icicle', 'gcChart', 'report', 'incident', 'largeFile'];
const CHINESE = /\p{Script=Han}/u;
/** Two words of English in a row: names and keys are shorter. */
const ENGLISH = /[A-Za-z]{2,} [a-z]{2,}/;

const open = (page: PanelPage, width: number): Promise<Panel<unknown, unknown>> =>
  openPanel({ html: (sources) => panelHtml(page, sources).replace('<html lang="en">', '<html lang="zh-cn">'), size: { width, height: 700 } });

/** All that a page says, and the buttons whose labels do not fit. */
const read = ({ page }: Panel<unknown, unknown>): Promise<{ said: string[]; cut: string[] }> =>
  page.evaluate(() => {
    const all = [...document.body.querySelectorAll<HTMLElement>('*')];
    const said = all.flatMap((element) => [
      ...['aria-label', 'title', 'placeholder'].flatMap((name) => element.getAttribute(name) ?? []),
      ...[...element.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : [])),
    ]);
    const cut = all.filter((element) => element instanceof HTMLButtonElement && element.scrollWidth > element.clientWidth + 1);
    return { said: said.map((text) => text.trim()).filter(Boolean), cut: cut.map(({ textContent }) => textContent ?? '') };
  });

describe('the pages in Chinese', function () {
  this.timeout(60_000);
  after(closeBrowser);

  for (const name of PAGES) {
    it(`${name} has its labels in Chinese, whole in a narrow window too`, async () => {
      for (const width of [1000, 420]) {
        const panel = await open(name, width);
        await panel.send({ type: 'error', message: '。' });
        await panel.page.waitForFunction(() => document.body.textContent?.includes('重试'));
        const { said, cut } = await read(panel);
        assert.ok(said.some((text) => CHINESE.test(text)));
        assert.deepEqual(
          said.filter((text) => ENGLISH.test(text)),
          [],
        );
        assert.deepEqual(cut, []);
        await panel.picture(`chinese-${name}-${width}`);
        await panel.close();
      }
    });
  }

  it('a graph says in Chinese what is selected, and what is folded', async () => {
    const lock: GraphDocument<Range> = graph('T1>L1 L1>T2 T2>L2 L2>T1', {});
    for (const node of lock.nodes) Object.assign(node, { emphasis: 'cycle', description: '', label: node.id });
    for (const edge of lock.edges) edge.description = '';
    const panel = await open('graph', 1000);
    await panel.send({ type: 'graph', uri: 'file:///dump.txt', document: { ...lock, title: '锁等待图' } });
    await panel.page.waitForSelector('.node[data-id=T1]');
    await panel.page.locator('.node[data-id=T1]').click();
    await panel.page.locator('aside').getByText('上游').waitFor();
    const { said, cut } = await read(panel);
    assert.deepEqual(
      said.filter((text) => ENGLISH.test(text)),
      [],
    );
    assert.ok(said.includes('死锁'));
    assert.deepEqual(cut, []);
    await panel.picture('chinese-graph-selected');
    await panel.close();
  });
});
