import assert from 'node:assert/strict';
import { panelHtml } from '../../client/src/panelHtml.ts';
import type { IcicleDocument, IcicleNode } from '../../common/icicle.ts';
import type { Range } from '../../common/span.ts';
import type { IcicleFromWebview, IcicleToWebview } from '../../common/webview.ts';
import { assertReachable, closeBrowser, openPanel, type Panel, type PanelOptions, type Theme } from './harness.ts';

type IciclePanel = Panel<IcicleToWebview, IcicleFromWebview>;

const at = (line: number): Range => ({ start: { line, character: 0 }, end: { line, character: 10 } });

/** Three groups of stacks: 6 threads wait in a queue, 3 in a lock, 1 runs. */
function tree(): IcicleDocument<Range> {
  const node = (
    id: string,
    line: number,
    children: IcicleNode<Range>[],
    ends: number[] = [],
    kind: IcicleNode<Range>['kind'] = 'flink',
  ): IcicleNode<Range> => ({
    id,
    label: `Some.${id}`,
    description: `org.example.Some.${id}(Some.java:${line})`,
    kind,
    children,
    ends,
    places: [at(line)],
  });
  return {
    title: 'Call tree',
    unit: 'threads',
    roots: [
      node('run', 1, [node('loop', 2, [node('take', 3, [], [0], 'jdk'), node('lock', 4, [], [1], 'lock')]), node('work', 5, [], [2], 'application')]),
    ],
    stacks: [
      { count: 6, values: ['mailbox', 'WAITING'], members: ['t1', 't2', 't3', 't4', 't5', 't6'] },
      { count: 3, values: ['mailbox', 'BLOCKED'], members: ['b1', 'b2', 'b3'] },
      { count: 1, values: ['source', 'RUNNABLE'], members: ['r1'] },
    ],
    facets: [
      { name: 'Role', values: ['mailbox', 'source'] },
      { name: 'State', values: ['WAITING', 'BLOCKED', 'RUNNABLE'] },
    ],
    notes: [],
  };
}

async function open(document: IcicleDocument<Range>, options: Partial<PanelOptions> = {}): Promise<IciclePanel> {
  const panel = await openPanel<IcicleToWebview, IcicleFromWebview>({ html: (sources) => panelHtml('icicle', sources), ...options });
  await panel.message((message) => message.type === 'ready');
  await panel.send({ type: 'icicle', uri: 'file:///dump.txt', document });
  await panel.page.waitForSelector(document.roots.length > 0 ? '.frame' : '.message');
  // The page draws itself once more when it knows its size and its font: a frame that is focused before that is gone then.
  await panel.page.evaluate(async () => {
    await globalThis.document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
  return panel;
}

const frames = (panel: IciclePanel) =>
  panel.page.$$eval('svg[role=tree] .frame', (found) => {
    const whole = Number(document.querySelector('svg[role=tree]')?.getAttribute('width'));
    return Object.fromEntries(
      found.map((one) => [(one as SVGElement).dataset['id'], Math.round((100 * Number(one.querySelector('rect')?.getAttribute('width'))) / whole)]),
    );
  });

describe('icicle panel', function () {
  this.timeout(60_000);
  after(closeBrowser);

  it('has the focus after opening, and its toolbar within three Tabs', async () => {
    const panel = await open(tree());
    await assertReachable(panel.page);
    await panel.close();
  });

  it('leads to the graph of the same calls, where there is one', async () => {
    const panel = await open(tree());
    assert.equal(await panel.page.isVisible('button:has-text("Call graph")'), false);
    await panel.send({ type: 'icicle', uri: 'file:///a.log', document: tree(), graph: true });
    await panel.page.click('button:has-text("Call graph")');
    await panel.message((message) => message.type === 'switch');
    await panel.close();
  });

  it('draws frames as wide as their share of the stacks', async () => {
    const panel = await open(tree());
    assert.deepEqual(await frames(panel), { run: 100, loop: 90, take: 60, lock: 30, work: 10 });
    assert.equal(await panel.page.getAttribute('[data-id=lock]', 'aria-label'), 'Some.lock, 3 threads, 30 %, 3 end here, lock');
    assert.equal(await panel.page.$$eval('svg[role=tree] [tabindex="0"]', (stops) => stops.length), 1);
    await panel.close();
  });

  it('filters by role and state', async () => {
    const panel = await open(tree());
    await panel.page.selectOption('select[aria-label=State]', 'BLOCKED');
    assert.deepEqual(await frames(panel), { run: 100, loop: 100, lock: 100 });
    await panel.page.selectOption('select[aria-label=Role]', 'source');
    assert.match((await panel.page.textContent('.message')) ?? '', /None of the threads passes the filters/);
    await panel.page.click('.message button');
    assert.equal(Object.keys(await frames(panel)).length, 5);
    await panel.close();
  });

  it('moves by arrow keys, zooms, reveals and comes back', async () => {
    const panel = await open(tree());
    await panel.page.focus('[data-id=run]');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await panel.page.keyboard.press(key);
    await panel.page.waitForSelector('.frame.selected[data-id=lock]');
    await panel.page.keyboard.press('Enter');
    await panel.message((message) => message.type === 'reveal' && !message.keepFocus && message.place.start.line === 4);
    assert.match((await panel.page.textContent('.pane')) ?? '', /3 \(30 %\)[\s\S]*BLOCKED 3[\s\S]*b1[\s\S]*line 5/);
    await panel.page.keyboard.press('z');
    assert.equal((await frames(panel))['lock'], 100);
    await panel.page.keyboard.press('Escape');
    assert.equal((await frames(panel))['lock'], 30);
    await panel.close();
  });

  it('says how many of the stacks a search finds, and follows the cursor', async () => {
    const panel = await open(tree());
    await panel.page.fill('input[type=search]', 'take');
    assert.equal(await panel.page.textContent('.found'), '60 %');
    await panel.send({ type: 'cursor', line: 5 });
    await panel.page.waitForSelector('[data-id=work].selected');
    assert.equal(panel.messages.filter((message) => message.type === 'reveal').length, 0);
    await panel.close();
  });

  it('saves a picture and finds itself again after a reload', async () => {
    const panel = await open(tree());
    await panel.page.selectOption('select[aria-label=State]', 'WAITING');
    await panel.page.click('button[title="Save as…"]');
    await panel.page.click('[role=menuitem]:has-text("SVG")');
    const saved = await panel.message((message): message is Extract<IcicleFromWebview, { type: 'save' }> => message.type === 'save');
    assert.match(saved.data, /^<svg [\s\S]*Some\.take[\s\S]*<\/svg>\n$/);
    assert.ok(!/var\(|color-mix/.test(saved.data));
    await panel.page.waitForTimeout(300);
    await panel.page.reload();
    await panel.page.waitForSelector('.toolbar');
    await panel.send({ type: 'icicle', uri: 'file:///dump.txt', document: tree() });
    await panel.page.waitForSelector('.frame');
    assert.deepEqual(Object.keys(await frames(panel)).sort(), ['loop', 'run', 'take']);
    await panel.close();
  });

  it('says why there is nothing', async () => {
    const panel = await open({ ...tree(), roots: [], stacks: [], empty: 'The dump has no stacks.' });
    assert.match((await panel.page.textContent('.message')) ?? '', /The dump has no stacks\./);
    await panel.close();
  });

  for (const theme of ['dark', 'light', 'hc'] satisfies Theme[]) {
    it(`has a picture in ${theme}`, async () => {
      const panel = await open(tree(), { theme });
      await panel.page.click('[data-id=lock]');
      await panel.picture(`icicle-${theme}`);
      await panel.close();
    });
  }
});
