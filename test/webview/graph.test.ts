import assert from 'node:assert/strict';
import { panelHtml } from '../../client/src/panelHtml.ts';
import type { GraphDocument } from '../../common/graph.ts';
import type { Range } from '../../common/span.ts';
import type { GraphFromWebview, GraphToWebview } from '../../common/webview.ts';
import { compoundGraph, graph, lockGraph } from '../unit/drawing/graphs.ts';
import { assertReachable, closeBrowser, openPanel, type Panel, type PanelOptions, type Theme } from './harness.ts';

type GraphPanel = Panel<GraphToWebview, GraphFromWebview>;

const at = (line: number): Range => ({ start: { line, character: 0 }, end: { line, character: 10 } });

function deadlock(): GraphDocument<Range> {
  const one = graph('T1>L1 L1>T2 T2>L2 L2>T1 T3>L1', {
    legend: [
      { for: 'cycle', text: 'Deadlock' },
      { for: 'held-by', text: 'held by' },
    ],
    notes: ['Frames are cut.'],
  });
  one.nodes.forEach((node, index) => {
    node.emphasis = node.id === 'T3' ? 'victim' : 'cycle';
    node.place = at(10 * index);
  });
  for (const edge of one.edges) if (edge.from.startsWith('L')) edge.kind = 'held-by';
  return one;
}

async function open(document: GraphDocument<Range> | undefined, options: Partial<PanelOptions> = {}): Promise<GraphPanel> {
  const panel = await openPanel<GraphToWebview, GraphFromWebview>({ html: (sources) => panelHtml('graph', sources), ...options });
  await panel.message((message) => message.type === 'ready');
  if (document !== undefined) {
    await panel.send({ type: 'graph', uri: 'file:///dump.txt', document });
    if (document.nodes.length > 0) await drawn(panel);
  }
  return panel;
}

const drawn = (panel: GraphPanel) =>
  panel.page.waitForFunction(() => document.querySelector('.node[tabindex="0"]') !== null && document.querySelector('.progress') === null);
const nodes = (panel: GraphPanel) =>
  panel.page.$$eval('.canvas .node[data-id]', (found) => found.map((one) => (one as SVGElement).dataset['id']).sort());
const selected = (panel: GraphPanel) => panel.page.$eval('.canvas .node.selected', (one) => (one as SVGElement).dataset['id']);
const reveals = (panel: GraphPanel) => panel.messages.filter((message) => message.type === 'reveal');

describe('graph panel', function () {
  this.timeout(60_000);
  after(closeBrowser);

  it('has the focus after opening, and its toolbar within three Tabs', async () => {
    const panel = await open(deadlock());
    await assertReachable(panel.page);
    await panel.close();
  });

  it('leads from a graph of calls to the call tree, and opens it where names can be read', async () => {
    const edges = Array.from({ length: 24 }, (_, index) => `M${index}>M${index + 1}`).join(' ');
    const calls: GraphDocument<Range> = { ...graph(edges), view: 'calls', direction: 'down' };
    const last = calls.nodes.at(-1);
    if (last !== undefined) last.emphasis = 'suspect';
    const panel = await open(calls);
    assert.ok(Number.parseInt((await panel.page.textContent('.percent')) ?? '', 10) >= 75);
    await panel.page.click('button:has-text("Call tree")');
    await panel.message((message) => message.type === 'switch');
    await panel.send({ type: 'graph', uri: 'file:///dump.txt', document: deadlock() });
    await panel.page.waitForFunction(() => document.querySelector('[data-id=T1].node') !== null);
    assert.equal(await panel.page.isVisible('button:has-text("Call tree")'), false);
    await panel.close();
  });

  it('draws nodes with names for screen readers, marks cycles by shape and text, and offers one tab stop', async () => {
    const panel = await open(deadlock());
    assert.deepEqual(await nodes(panel), ['L1', 'L2', 'T1', 'T2', 'T3']);
    assert.equal(await panel.page.getAttribute('[data-id=T1].node', 'aria-label'), 'thread T1, deadlock, waits for L1, holds L2');
    assert.equal(await panel.page.$$eval('.canvas .ring', (rings) => rings.length), 5, 'four in the graph, one in the legend');
    assert.equal(await panel.page.$$eval('.canvas [tabindex="0"]', (stops) => stops.length), 1);
    assert.deepEqual(await panel.page.$$eval('.legend span', (texts) => texts.map((text) => text.textContent)), ['Deadlock', 'held by']);
    assert.match((await panel.page.textContent('.notes')) ?? '', /Frames are cut/);
    await panel.close();
  });

  it('of a running job shows other figures where they are: nothing moves, and what was chosen stays', async () => {
    const VERTEX = 'a'.repeat(32);
    const running = (busy: number, more: string[] = []): GraphDocument<Range> => {
      const one: GraphDocument<Range> = { ...graph('Source>Map Map>Sink', { notes: [`busy ${busy}`] }), view: 'job' };
      for (const node of one.nodes) {
        node.kind = 'vertex';
        node.vertex = VERTEX;
        node.lines = [`${busy} records in`, ...more];
        node.meters = [{ label: 'busy', value: busy / 100, text: `${busy} %`, tone: 'warning' }];
      }
      return one;
    };
    const panel = await open(undefined);
    const send = (document: GraphDocument<Range>) => panel.send({ type: 'graph', uri: 'flink://c/jobs/1/live/orders', document, live: true });
    const places = () => panel.page.$$eval('.canvas .node', (all) => all.map((one) => one.getAttribute('transform')));
    await send(running(10));
    await drawn(panel);
    await panel.page.click('[data-id=Map].node');
    await panel.page.focus('[data-id=Map].node');
    const [before, view] = [await places(), await panel.page.getAttribute('.canvas', 'style')];
    // Nodes are told in another order where they mean something else.
    const hot = running(95);
    await send({ ...hot, nodes: hot.nodes.toReversed() });
    await panel.page.waitForFunction(() => document.querySelector('[data-id=Map].node')?.textContent?.includes('95 %'));
    assert.deepEqual(await places(), before);
    assert.equal(await panel.page.getAttribute('.canvas', 'style'), view);
    assert.equal(await selected(panel), 'Map');
    assert.equal(await panel.page.evaluate(() => (document.activeElement as SVGElement | null)?.dataset['id']), 'Map');
    assert.match((await panel.page.textContent('.notes')) ?? '', /busy 95/);
    assert.match((await panel.page.textContent('aside')) ?? '', /95 %/);
    await panel.page.focus('button:has-text("Threads…")');
    await send(running(94));
    await panel.page.waitForFunction(() => document.querySelector('[data-id=Map].node')?.textContent?.includes('94 %'));
    assert.equal(await panel.page.evaluate(() => document.activeElement?.textContent), 'Threads…');
    await panel.page.click('button:has-text("Threads…")');
    const lead = await panel.message((message) => message.type === 'vertex');
    assert.deepEqual(lead, { type: 'vertex', id: VERTEX, lead: 'threads' });
    // A card that has outgrown its place is laid out anew.
    await send(running(96, ['watermark 2026-01-01', 'data skew 40 %']));
    await panel.page.waitForFunction(() => document.querySelector('[data-id=Map].node')?.textContent?.includes('data skew'));
    assert.equal(await selected(panel), 'Map');
    await panel.close();
  });

  it('mirrors the graph in a tree with roles, levels and one tab stop', async () => {
    const panel = await open(graph('a>b [inner<outer a] [outer b]', { view: 'scopes' }));
    const tree = await panel.page.$eval('[role=tree]', (list) =>
      [...list.querySelectorAll('[role=treeitem]')].map((item) => {
        const level = (() => {
          let depth = 0;
          for (let up = item.parentElement; up !== null && up.getAttribute('role') !== 'tree'; up = up.parentElement)
            if (up.getAttribute('role') === 'group') depth++;
          return depth;
        })();
        return `${'  '.repeat(level)}${item.getAttribute('aria-label')}`;
      }),
    );
    assert.deepEqual(tree, ['scope outer, 1 inside', '  scope inner, 1 inside', '    thread a, waits for b', '  thread b, waited for by a']);
    assert.equal(await panel.page.$$eval('[role=tree] [tabindex="0"]', (stops) => stops.length), 1);
    await panel.page.focus('[role=tree] [tabindex="0"]');
    await panel.page.keyboard.press('End');
    assert.equal(await selected(panel), 'b');
    await panel.page.keyboard.press('ArrowUp');
    assert.equal(await selected(panel), 'a');
    await panel.close();
  });

  it('follows edges with arrow keys, reveals with Enter, goes back with Escape', async () => {
    const panel = await open(deadlock());
    await panel.page.focus('[data-id=T3].node');
    await panel.page.click('[data-id=T3].node');
    await panel.page.keyboard.press('ArrowDown');
    assert.equal(await selected(panel), 'L1');
    assert.equal(await panel.page.evaluate(() => (document.activeElement as SVGElement).dataset['id']), 'L1');
    await panel.page.keyboard.press('ArrowDown');
    assert.equal(await selected(panel), 'T2');
    await panel.page.keyboard.press('ArrowUp');
    assert.equal(await selected(panel), 'L1');
    assert.ok(reveals(panel).every((message) => message.keepFocus));
    await panel.page.keyboard.press('Enter');
    await panel.message((message) => message.type === 'reveal' && !message.keepFocus && message.place.start.line === 10);
    await panel.page.keyboard.press('Escape');
    assert.equal(await panel.page.$('.node.selected'), null);
    await panel.close();
  });

  it('shows the place of a clicked node and selects what the cursor stands at', async () => {
    const panel = await open(deadlock());
    await panel.page.click('[data-id=L2].node');
    const reveal = await panel.message((message) => message.type === 'reveal');
    assert.deepEqual(reveal, { type: 'reveal', uri: null, place: at(30), keepFocus: true });
    await panel.send({ type: 'highlight', ids: ['T3'] });
    await panel.page.waitForSelector('[data-id=T3].selected.cursor');
    assert.equal(reveals(panel).length, 1, 'what came from the text does not go back to it');
    await panel.close();
  });

  it('finds nodes, also folded ones, and steps through them', async () => {
    const panel = await open(graph(`${Array.from({ length: 40 }, (_, index) => `waiter${index}>L1`).join(' ')} L1>holder`));
    await panel.page.fill('input[type=search]', 'waiter3');
    assert.equal(await panel.page.textContent('.found'), '11');
    assert.deepEqual(await panel.page.$$eval('.node.found', (found) => found.map((one) => (one as SVGElement).dataset['id'])), [
      'fold:twins:waiter3',
    ]);
    await panel.page.keyboard.press('Enter');
    assert.equal(await panel.page.textContent('.found'), '1/11');
    assert.equal(await selected(panel), 'fold:twins:waiter3');
    await panel.page.keyboard.press('Escape');
    assert.equal(await panel.page.textContent('.found'), '');
    await panel.close();
  });

  it('opens a fold with Enter and keeps it where it was on the screen', async () => {
    const panel = await open(graph(`${Array.from({ length: 12 }, (_, index) => `w${index}>L1`).join(' ')} L1>holder`));
    await panel.page.click('[data-id="fold:twins:w3"]');
    await panel.page.keyboard.press('Enter');
    await panel.page.waitForSelector('[data-id=w11].node');
    assert.equal((await nodes(panel)).length, 14);
    await panel.close();
  });

  it('closes and opens groups', async () => {
    const panel = await open(graph('a>b b>c c>d [g b c]', { view: 'scopes' }));
    await panel.page.click('[data-id=g] .fold');
    await panel.page.waitForSelector('[data-id=g].node');
    assert.deepEqual(await nodes(panel), ['a', 'd', 'g']);
    await panel.page.focus('[data-id=g].node');
    await panel.page.keyboard.press('Enter');
    await panel.page.waitForSelector('[data-id=b].node');
    assert.deepEqual(await nodes(panel), ['a', 'b', 'c', 'd']);
    await panel.close();
  });

  it('shows neighbours, upstream, downstream and a path only, and says what is missing', async () => {
    const panel = await open(graph('a>b b>c c>d x>c lonely', { view: 'job' }));
    const only = async (key: string, expected: string[]) => {
      await panel.page.focus('[data-id=c].node');
      await panel.page.click('[data-id=c].node');
      await panel.page.keyboard.press(key);
      await panel.page.waitForFunction((count) => document.querySelectorAll('.canvas .node[data-id]').length === count, expected.length);
      await drawn(panel);
      assert.deepEqual(await nodes(panel), expected);
    };
    await only('n', ['b', 'c', 'd', 'x']);
    assert.match((await panel.page.textContent('.notes')) ?? '', /2 nodes of 6 not shown/);
    await only('a', ['a', 'b', 'c', 'd', 'lonely', 'x']);
    await only('u', ['a', 'b', 'c', 'x']);
    await only('a', ['a', 'b', 'c', 'd', 'lonely', 'x']);
    await only('d', ['c', 'd']);
    await only('a', ['a', 'b', 'c', 'd', 'lonely', 'x']);
    await panel.page.click('[data-id=a].node');
    await panel.page.keyboard.press('p');
    await panel.page.click('[data-id=d].node');
    await panel.page.waitForFunction(() => document.querySelectorAll('.canvas .node[data-id]').length === 4);
    assert.deepEqual(await nodes(panel), ['a', 'b', 'c', 'd']);
    await panel.close();
  });

  it('plays a trace with tags on nodes', async () => {
    const panel = await open(deadlock());
    const step = (title: string, node: string, edge: string) => ({
      title,
      highlightNodes: [node],
      highlightEdges: [edge],
      badges: [{ id: node, text: '1/1 full', tone: 'bad' as const }],
    });
    await panel.send({ type: 'steps', title: 'Deadlock', steps: [step('T1 takes L2', 'T1', 'L2>T1'), step('T2 takes L1', 'T2', 'L1>T2')] });
    await panel.page.waitForSelector('[data-id=T1].step .step-tag');
    assert.equal(await panel.page.textContent('.step-text'), 'Deadlock1 of 2: T1 takes L2');
    await panel.page.click('button[title^="Next step"]');
    assert.deepEqual(await panel.page.$$eval('.edge.step', (edges) => edges.map((one) => (one as SVGElement).dataset['edge'])), ['L1>T2']);
    assert.equal(await panel.page.$$eval('.step-tag', (tags) => tags.map((tag) => tag.textContent).join()), '1/1 full');
    await panel.page.click('button[title="End the trace"]');
    assert.equal(await panel.page.$('.step, .step-tag'), null);
    await panel.close();
  });

  it('sends the values of a what-if form once they are settled', async () => {
    const panel = await open(deadlock());
    await panel.send({
      type: 'form',
      form: {
        title: 'What if',
        fields: [{ id: 'capacity', label: 'Capacity', kind: 'number', value: 1, minimum: 1 }],
        result: [{ text: 'Deadlock reachable.', tone: 'bad' }],
      },
    });
    await panel.page.fill('#field-capacity', '4');
    const sent = await panel.message((message) => message.type === 'formChanged');
    assert.deepEqual(sent, { type: 'formChanged', values: { capacity: 4 } });
    await panel.close();
  });

  it('saves SVG, PNG and DOT through the host', async () => {
    const panel = await open(deadlock());
    const save = async (format: 'svg' | 'png' | 'dot') => {
      await panel.page.click('button[title="Save as…"]');
      await panel.page.click(`[role=menuitem]:has-text("${format.toUpperCase()}")`);
      return panel.message((message): message is Extract<GraphFromWebview, { type: 'save' }> => message.type === 'save' && message.format === format);
    };
    const svg = await save('svg');
    assert.match(svg.data, /^<svg [\s\S]*deadlock[\s\S]*<\/svg>\n$/);
    assert.ok(!svg.data.includes('var(') && svg.data.includes('#f14c4c'), 'colours of the theme as values');
    const png = Buffer.from((await save('png')).data, 'base64');
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.length > 5000, 'not an empty picture');
    assert.match((await save('dot')).data, /"T1" -> "L1"/);
    await panel.close();
  });

  it('finds itself again after a reload', async () => {
    const panel = await open(deadlock());
    await panel.page.click('[data-id=L2].node');
    await panel.page.click('button[title="List of nodes"]');
    await panel.page.click('button[title^="Zoom in"]');
    await panel.page.waitForTimeout(400);
    const before = await panel.page.$eval('.canvas', (svg) => (svg as SVGElement).style.transform);
    await panel.page.reload();
    await panel.page.waitForSelector('.toolbar');
    await panel.send({ type: 'graph', uri: 'file:///dump.txt', document: deadlock() });
    await drawn(panel);
    await panel.page.waitForTimeout(250);
    assert.equal(await selected(panel), 'L2');
    assert.equal(await panel.page.$eval('.canvas', (svg) => (svg as SVGElement).style.transform), before);
    assert.equal(await panel.page.getAttribute('button[title="List of nodes"]', 'aria-pressed'), 'true');
    assert.deepEqual(((await panel.state()) as { uri: string; name: string }).name, 'lock-wait');
    await panel.close();
  });

  it('says why there is nothing to draw, and what went wrong', async () => {
    const panel = await open(graph('', { empty: 'No thread of this dump waits for a lock.' }));
    await panel.page.waitForSelector('.message');
    assert.match((await panel.page.textContent('.message')) ?? '', /No thread of this dump waits for a lock\./);
    await panel.send({ type: 'error', message: 'The server has stopped.' });
    await panel.page.click('.message button:has-text("Try again")');
    await panel.message((message) => message.type === 'retry');
    await panel.close();
  });

  it('shows the list at once, and a way to stop a layout that takes long', async () => {
    const panel = await open(undefined);
    await panel.send({ type: 'graph', uri: 'file:///plan.json', document: compoundGraph(1000) });
    await panel.page.waitForSelector('.tree.wide [role=treeitem]');
    await panel.page.click('.progress:has-text("Laying out") button');
    await panel.page.waitForSelector('.message:has-text("No drawing")');
    assert.ok(await panel.page.isVisible('.tree [role=treeitem]'));
    await panel.page.click('.message button:has-text("Fold to about")');
    await drawn(panel);
    assert.ok((await nodes(panel)).length <= 334);
    await panel.close();
  });

  it('takes turns with input while 1,000 compound vertices are laid out and drawn', async () => {
    const panel = await open(undefined);
    await panel.page.evaluate(() => {
      const turns: number[] = [];
      Object.assign(globalThis, { turns });
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        turns.push(performance.now());
        setTimeout(() => channel.port2.postMessage(0), 4);
      };
      channel.port2.postMessage(0);
    });
    await panel.send({ type: 'graph', uri: 'file:///plan.json', document: compoundGraph(1000) });
    await panel.page.waitForSelector('.progress:has-text("Laying out")');
    await drawn(panel);
    const turns = await panel.page.evaluate((): number[] => Reflect.get(globalThis, 'turns'));
    assert.equal((await nodes(panel)).length, 1000);
    // How long a turn takes depends on the machine; that the work is done in many small ones does not.
    const whole = (turns.at(-1) as number) - (turns[0] as number);
    const longest = Math.max(...turns.slice(1).map((turn, index) => turn - (turns[index] as number)));
    assert.ok(turns.length > 100, `${turns.length} turns`);
    assert.ok(longest < whole / 4, `${Math.round((100 * longest) / whole)} % of the time without a turn`);
    await panel.close();
  });

  it('shows a dump of 5,000 waiting threads and 500 locks', async () => {
    const panel = await open(lockGraph(5000, 500));
    assert.ok((await nodes(panel)).length <= 111);
    assert.match((await panel.page.textContent('.notes')) ?? '', /folded/);
    await panel.close();
  });

  for (const theme of ['dark', 'light', 'hc', 'hc-light'] satisfies Theme[]) {
    it(`has text that stands out in ${theme}`, async () => {
      const panel = await open(deadlock(), { theme });
      const contrast = await panel.page.evaluate(() => {
        const luminance = (colour: string) => {
          const canvas = document.createElement('canvas').getContext('2d');
          if (canvas === null) return 0;
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
            const share = part / 255;
            return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const card = luminance(getComputedStyle(document.querySelector('.node .shape') as Element).fill);
        return ['.title', '.e-cycle .pill-text', '.e-victim .pill-text'].map((name) => {
          const text = luminance(getComputedStyle(document.querySelector(`.node${name.startsWith('.e') ? name : ` ${name}`}`) as Element).fill);
          return { name, ratio: (Math.max(text, card) + 0.05) / (Math.min(text, card) + 0.05) };
        });
      });
      for (const { name, ratio } of contrast) assert.ok(ratio >= (name === '.title' ? 7 : 4), `${name}: ${ratio.toFixed(1)}`);
      await panel.picture(`graph-${theme}`);
      await panel.close();
    });
  }
});
