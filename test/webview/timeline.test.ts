import assert from 'node:assert/strict';
import { panelHtml } from '../../client/src/panelHtml.ts';
import type { Range } from '../../common/span.ts';
import type { TimelineDocument, TimelineLane } from '../../common/timeline.ts';
import type { TimelineFromWebview, TimelineToWebview } from '../../common/webview.ts';
import { assertReachable, closeBrowser, openPanel, type Panel, type PanelOptions, type Theme } from './harness.ts';

type TimelinePanel = Panel<TimelineToWebview, TimelineFromWebview>;

const at = (line: number): Range => ({ start: { line, character: 0 }, end: { line, character: 10 } });
const START = Date.UTC(2024, 4, 1, 8, 0, 0);
const time = (seconds: number) => START + seconds * 1000;

function timeline(): TimelineDocument<Range> {
  const subtask = (index: number): TimelineLane<Range> => ({
    id: `s${index}`,
    kind: 'subtask',
    parent: 'map',
    label: `${index}/2`,
    description: `Subtask ${index} of Map`,
    intervals: [
      { id: `d${index}`, from: time(0), to: time(10), label: 'DEPLOYING', tone: 'waiting', place: at(index), description: 'Deploying.' },
      {
        id: `r${index}`,
        from: time(10),
        to: index === 1 ? time(60) : null,
        label: 'RUNNING',
        tone: 'running',
        place: at(10 + index),
        description: 'Running.',
      },
    ],
    marks:
      index === 1
        ? [
            {
              id: 'f',
              at: time(60),
              label: 'IOException',
              tone: 'bad',
              kind: 'first-failure',
              place: at(40),
              description: 'Connection reset.',
              details: [['cause', 'reset']],
            },
          ]
        : [],
  });
  return {
    title: 'Timeline of job.log',
    clock: { unit: 'epoch', zone: '+02:00' },
    from: time(0),
    to: time(120),
    lanes: [
      { id: 'map', kind: 'task', label: 'Map', intervals: [], marks: [], description: 'Map' },
      subtask(1),
      subtask(2),
      {
        id: 'x',
        kind: 'exceptions',
        label: 'Exceptions',
        intervals: [],
        marks: [{ id: 'e', at: time(61), label: 'CancelTask', tone: 'warning', kind: 'exception', place: at(50), description: 'Consequence.' }],
        description: 'Exceptions',
      },
    ],
    bands: [{ id: 'b', from: time(60), to: time(80), label: 'restart 1', tone: 'warning', kind: 'attempt', description: 'First restart.' }],
    links: [{ from: 'f', to: 'e', label: 'followed by', certainty: 'suspected' }],
    legend: [{ tone: 'running', text: 'Running' }],
    notes: ['The clock is trusted.'],
  };
}

async function open(document: TimelineDocument<Range>, options: Partial<PanelOptions> = {}): Promise<TimelinePanel> {
  const panel = await openPanel<TimelineToWebview, TimelineFromWebview>({ html: (sources) => panelHtml('timeline', sources), ...options });
  await panel.message((message) => message.type === 'ready');
  await panel.send({ type: 'timeline', uri: 'file:///job.log', document });
  await panel.page.waitForSelector('.item, .message');
  return panel;
}

const items = (panel: TimelinePanel) => panel.page.$$eval('.lanes .item', (found) => found.map((one) => (one as SVGElement).dataset['id']));
const selected = (panel: TimelinePanel) => panel.page.$eval('.item.selected', (one) => (one as SVGElement).dataset['id']);

describe('timeline panel', function () {
  this.timeout(60_000);
  after(closeBrowser);

  it('has the focus after opening, and its toolbar within three Tabs', async () => {
    const panel = await open(timeline());
    await assertReachable(panel.page);
    await panel.close();
  });

  it('draws lanes with times as the file writes them', async () => {
    const panel = await open(timeline());
    assert.deepEqual(await items(panel), ['d1', 'r1', 'f', 'd2', 'r2', 'e']);
    assert.equal(await panel.page.getAttribute('[data-id=r1]', 'aria-label'), 'RUNNING, from 10:00:10.000 to 10:01:00.000, 50.0 s. Running.');
    assert.match((await panel.page.getAttribute('[data-id=r2]', 'aria-label')) ?? '', /until the end of the file/);
    const ticks = await panel.page.$$eval('.tick-label', (labels) => labels.map((label) => label.textContent));
    assert.ok(
      ticks.some((label) => label === '2024-05-01 10:00:00' || label === '2024-05-01 10:00'),
      ticks.join(),
    );
    assert.equal(await panel.page.$$eval('.link-suspected', (links) => links.length), 1);
    assert.equal(await panel.page.$$eval('.band-label', (labels) => labels.map((label) => label.textContent).join()), 'restart 1');
    await panel.close();
  });

  it('selects, reveals, and moves by arrow keys within and across lanes', async () => {
    const panel = await open(timeline());
    await panel.page.click('[data-id=d1]');
    assert.deepEqual(await panel.message((message) => message.type === 'reveal'), { type: 'reveal', uri: null, place: at(1), keepFocus: true });
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.waitForSelector('[data-id=r1].selected');
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.waitForSelector('[data-id=f].selected');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.waitForSelector('[data-id=r2].selected');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.waitForSelector('[data-id=e].selected');
    assert.match((await panel.page.textContent('.pane')) ?? '', /CancelTask[\s\S]*followed by: IOException/);
    await panel.page.keyboard.press('Enter');
    await panel.message((message) => message.type === 'reveal' && !message.keepFocus && message.place.start.line === 50);
    await panel.close();
  });

  it('zooms to an item, to a brushed part, and back to all', async () => {
    const panel = await open(timeline());
    const width = () => panel.page.$eval('[data-id=r1] .bar', (bar) => Number(bar.getAttribute('width')));
    const before = await width();
    await panel.page.focus('[data-id=r1]');
    await panel.page.click('[data-id=r1]');
    await panel.page.keyboard.press('z');
    await panel.page.waitForFunction((old) => Number(document.querySelector('[data-id=r1] .bar')?.getAttribute('width')) > old * 1.2, before);
    await panel.page.keyboard.press('Escape');
    await panel.page.waitForFunction((old) => Number(document.querySelector('[data-id=r1] .bar')?.getAttribute('width')) <= old + 1, before);
    const strip = await panel.page.locator('.overview').boundingBox();
    assert.ok(strip !== null);
    await panel.page.mouse.move(strip.x + strip.width * 0.6, strip.y + 20);
    await panel.page.mouse.down();
    await panel.page.mouse.move(strip.x + strip.width * 0.9, strip.y + 20);
    await panel.page.mouse.up();
    await panel.page.waitForFunction(() => document.querySelector('[data-id=d1]') === null);
    await panel.close();
  });

  it('folds lanes, hides kinds and filters by text', async () => {
    const panel = await open(timeline());
    await panel.page.click('[data-lane=map]');
    await panel.page.waitForFunction(() => document.querySelectorAll('.lanes .item').length === 1);
    await panel.page.click('[data-lane=map]');
    await panel.page.click('.kinds button:has-text("Exceptions")');
    await panel.page.waitForFunction(() => document.querySelector('[data-id=e]') === null);
    assert.equal(await panel.page.getAttribute('.kinds button:has-text("Exceptions")', 'aria-pressed'), 'false');
    await panel.page.fill('input[type=search]', 'ioexception');
    await panel.page.waitForFunction(() => document.querySelector('[data-id=r2]') === null);
    assert.deepEqual(await items(panel), ['d1', 'r1', 'f']);
    await panel.close();
  });

  it('follows the cursor without answering it', async () => {
    const panel = await open(timeline());
    await panel.send({ type: 'cursor', line: 45 });
    await panel.page.waitForSelector('[data-id=f].selected');
    assert.equal(await selected(panel), 'f');
    assert.equal(panel.messages.filter((message) => message.type === 'reveal').length, 0);
    await panel.close();
  });

  it('saves pictures and finds itself again after a reload', async () => {
    const panel = await open(timeline());
    await panel.page.click('[data-id=f]');
    for (const [name, test] of [
      ['SVG', /^<svg [\s\S]*RUNNING[\s\S]*<\/svg>\n$/],
      ['PNG', /^iVBOR/],
    ] as const) {
      await panel.page.click('button[title="Save as…"]');
      await panel.page.click(`[role=menuitem]:has-text("${name}")`);
      const saved = await panel.message(
        (message): message is Extract<TimelineFromWebview, { type: 'save' }> => message.type === 'save' && message.format === name.toLowerCase(),
      );
      assert.match(saved.data, test);
      assert.ok(!/var\(|color-mix/.test(saved.data));
    }
    await panel.page.waitForTimeout(300);
    await panel.page.reload();
    await panel.page.waitForSelector('.toolbar');
    await panel.send({ type: 'timeline', uri: 'file:///job.log', document: timeline() });
    await panel.page.waitForSelector('[data-id=f].selected');
    await panel.close();
  });

  it('says why there is nothing', async () => {
    const panel = await open({ ...timeline(), lanes: [], links: [], empty: 'The log speaks of no job.' });
    assert.match((await panel.page.textContent('.message')) ?? '', /The log speaks of no job\./);
    await panel.close();
  });

  it('draws 300 lanes with 30,000 states without drawing what nobody sees', async () => {
    const document = timeline();
    document.lanes = Array.from({ length: 300 }, (_, lane) => ({
      id: `l${lane}`,
      kind: 'subtask' as const,
      label: `${lane}`,
      description: 'a lane',
      marks: [],
      intervals: Array.from({ length: 100 }, (__, index) => ({
        id: `i${lane}-${index}`,
        from: time(index),
        to: time(index + 0.9),
        label: 'RUNNING',
        tone: 'running' as const,
        description: '',
      })),
    }));
    document.links = [];
    const panel = await open(document);
    const drawn = (await items(panel)).length;
    assert.ok(drawn > 500 && drawn < 5000, `${drawn}`);
    await panel.close();
  });

  it('draws what is too narrow by what there is most of, and comes back to each when it is zoomed into', async () => {
    const drawn = timeline();
    const cycle = (index: number) => [
      { id: `run${index}`, from: time(index * 60), to: time(index * 60 + 57), label: 'RUNNING', tone: 'running' as const, description: '' },
      { id: `stop${index}`, from: time(index * 60 + 57), to: time(index * 60 + 58), label: 'CANCELING', tone: 'cancelled' as const, description: '' },
      { id: `fail${index}`, from: time(index * 60 + 58), to: time(index * 60 + 58), label: 'FAILED', tone: 'bad' as const, description: '' },
    ];
    drawn.to = time(600 * 60);
    drawn.bands = [];
    drawn.links = [];
    drawn.lanes = [
      {
        id: 'l',
        kind: 'subtask',
        label: '1/1',
        description: 'a lane',
        intervals: Array.from({ length: 600 }, (_, index) => cycle(index)).flat(),
        marks: Array.from({ length: 600 }, (_, index) => ({
          id: `c${index}`,
          at: time(index * 60 + 57),
          label: 'cancel',
          tone: 'cancelled' as const,
          kind: 'cancel' as const,
          description: '',
        })),
      },
    ];
    const panel = await open(drawn);
    const tones = () =>
      panel.page.$$eval('.lanes .item', (found) => [...new Set(found.map((one) => /t-[a-z]+/.exec(one.getAttribute('class') ?? '')?.[0]))]);
    assert.deepEqual(await tones(), ['t-running']);
    assert.match((await panel.page.getAttribute('.lanes .item', 'aria-label')) ?? '', /^[\d,]+ intervals close together, mostly RUNNING/);
    await panel.page.click('.lanes .item');
    for (let zoom = 0; zoom < 14; zoom++) await panel.page.keyboard.press('+');
    await panel.page.waitForFunction(
      () => document.querySelector('.lanes .t-cancelled') !== null && document.querySelector('.lanes .t-bad') !== null,
    );
    await panel.close();
  });

  it('shows the failures of the subtasks on the lane of a task that is shut', async () => {
    const document = timeline();
    const map = document.lanes[0] as TimelineLane<Range>;
    map.collapsed = true;
    map.intervals = [{ id: 'all', from: time(10), to: time(60), label: 'all RUNNING', tone: 'running', description: '' }];
    map.marks = [{ id: 'map|f', at: time(60), label: 'failed', tone: 'bad', kind: 'failure', description: '' }];
    const panel = await open(document);
    assert.deepEqual(await items(panel), ['all', 'map|f', 'e']);
    await panel.page.click('[data-lane=map]');
    await panel.page.waitForSelector('[data-id=r1]');
    assert.deepEqual(await items(panel), ['all', 'd1', 'r1', 'f', 'd2', 'r2', 'e']);
    // The same by the keyboard, from an item inside.
    await panel.page.focus('[data-id=all]');
    await panel.page.click('[data-id=d1]');
    await panel.page.keyboard.press(' ');
    await panel.page.waitForSelector('[data-id=all].selected');
    await panel.page.keyboard.press('0');
    await panel.page.waitForSelector('[data-id=e]');
    assert.deepEqual(await items(panel), ['all', 'map|f', 'e']);
    await panel.page.keyboard.press(' ');
    await panel.page.waitForSelector('[data-id=r1]');
    await panel.close();
  });

  for (const theme of ['dark', 'light', 'hc'] satisfies Theme[]) {
    it(`has a picture in ${theme}`, async () => {
      const panel = await open(timeline(), { theme });
      await panel.page.click('[data-id=f]');
      await panel.page.waitForSelector('[data-id=f].selected');
      await panel.picture(`timeline-${theme}`);
      await panel.close();
    });
  }
});
