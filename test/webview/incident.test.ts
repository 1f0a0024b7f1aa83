// The page of an incident: verdict first, places lead into files, what is missing is said, parts stay closed through a reload.
import assert from 'node:assert/strict';
import { panelHtml } from '../../client/src/panelHtml.ts';
import type { GraphDocument } from '../../common/graph.ts';
import type { Incident } from '../../common/incident.ts';
import type { Place } from '../../common/span.ts';
import type { IncidentFromWebview, IncidentToWebview } from '../../common/webview.ts';
import { assertReachable, closeBrowser, openPanel, type PanelOptions } from './harness.ts';

const AT = 1_760_000_000_000;

const INCIDENT: Incident = {
  schema: 1,
  verdict: {
    code: 'checkpoint-expired',
    health: 'failing',
    severity: 'error',
    sentence: 'Checkpoints expire: "window" waits in Lookup.call.',
    certainty: 'proved',
    next: 'jstack -l PID',
    evidence: [
      { text: '3 checkpoints expired', at: { source: 'jobmanager.log', line: 41 } },
      { text: 'told by nobody', at: null },
    ],
    advice: ['Unblock the subtask.'],
    since: AT,
    knownIssue: 'FLINK-1',
  },
  others: [],
  processes: [
    {
      id: 'tm-1',
      name: 'taskmanager.log',
      side: 'TM',
      sources: ['taskmanager.log'],
      from: AT,
      to: AT + 1000,
      clock: { aheadMs: 12, slackMs: 3, applied: false },
    },
  ],
  jobs: [],
  vertices: [
    { id: null, name: '<img src=x>', parallelism: 2, busy: 0.9, backPressured: null, worst: null },
    {
      id: null,
      name: 'window',
      parallelism: 2,
      busy: null,
      backPressured: 1,
      worst: {
        subtask: 2,
        attempt: 0,
        thread: { text: '"window (2/2)#0" waits in Lookup.call', at: { source: 'dump.txt', line: 6 } },
        lastLine: null,
        checkpoint: 'start delay',
      },
    },
  ],
  axis: {
    clock: 'epoch',
    zone: null,
    offset: null,
    from: AT,
    to: AT + 60_000,
    entries: [
      { time: AT, kind: 'failure', text: 'failed', process: 'jobmanager.log', at: { source: 'jobmanager.log', line: 41 } },
      { time: AT + 50_000, kind: 'dump', text: 'a dump', process: null, at: null },
    ],
    left: 0,
  },
  findings: Array.from({ length: 12 }, (_, index) => ({
    code: 'a-rule',
    severity: 'warning' as const,
    certainty: 'suspected' as const,
    message: `finding ${index}`,
    at: [{ source: 'dump.txt', line: index }],
    more: 0,
    knownIssue: null,
  })),
  findingsLeft: 3,
  coverage: {
    read: [{ source: 'jobmanager.log', kind: 'flink-log', dialect: 'flink-log4j', bytes: 1, findings: 1, left: 0 }],
    readLeft: 0,
    unread: [{ source: 'core.1234', why: 'no text', failed: false }],
    unreadLeft: 0,
    missing: [{ what: 'A dump of taskmanager-2', decides: 'what subtask 1 does' }],
  },
  unresolved: [{ what: 'gc.log', why: 'fits two processes' }],
};

const GRAPH: GraphDocument<Place> = {
  view: 'job',
  title: 'Job',
  nodes: [{ id: 'a', kind: 'vertex', label: 'window', description: 'window' }],
  groups: [],
  edges: [],
  legend: [],
  notes: [],
  direction: 'down',
};

const MESSAGE: IncidentToWebview = {
  type: 'incident',
  uri: 'logjam:/logs',
  title: 'logs',
  page: {
    incident: INCIDENT,
    soFar: null,
    uris: { 'jobmanager.log': 'file:///logs/jobmanager.log', 'dump.txt': 'file:///logs/dump.txt' },
    graph: { uri: 'file:///logs/job.json', document: GRAPH },
    markdown: '# Checkpoints expire\n\nproof\n\n<details>\nall\n</details>\n',
  },
};

async function open(options: Partial<PanelOptions> = {}) {
  const panel = await openPanel<IncidentToWebview, IncidentFromWebview>({ html: (sources) => panelHtml('incident', sources), ...options });
  await panel.send(MESSAGE);
  await panel.page.locator('.verdict h2').waitFor();
  return panel;
}

describe('incident panel', function () {
  this.timeout(60_000);
  after(closeBrowser);

  it('has the focus after opening, and its toolbar within three Tabs', async () => {
    const panel = await open();
    await assertReachable(panel.page);
    await panel.close();
  });

  it('tells of another cluster in the folder, with its own verdict', async () => {
    const panel = await open();
    const verdict = {
      ...INCIDENT.verdict,
      sentence: 'No TaskManager has a free slot.',
      evidence: [{ text: 'asked for', at: { source: 'dump.txt', line: 3 } }],
    };
    await panel.send({ ...MESSAGE, page: { ...MESSAGE.page, incident: { ...INCIDENT, others: [{ name: 'cluster-b', verdict }] } } });
    const other = panel.page.locator('.other');
    assert.match((await other.textContent()) ?? '', /cluster-b.*No TaskManager has a free slot\./);
    await other.locator('.link').click();
    await panel.message((message) => message.type === 'reveal' && message.uri === 'file:///logs/dump.txt' && message.place.start.line === 3);
    await panel.close();
  });

  it('shows what is known while files are still being read, and says so', async () => {
    const panel = await openPanel<IncidentToWebview, IncidentFromWebview>({ html: (sources) => panelHtml('incident', sources) });
    await panel.send({ type: 'progress', text: 'jobmanager.log, 1 of 20' });
    await panel.send({ ...MESSAGE, page: { ...MESSAGE.page, soFar: { done: 8, of: 20, over: false }, graph: null } });
    await panel.page.locator('.so-far', { hasText: 'Read so far: 8 of 20 files' }).waitFor();
    // Files that come fast do not put off what is said of them.
    for (let file = 9; file < 15; file++) await panel.send({ type: 'progress', text: `taskmanager-${file}.log, ${file} of 20` });
    await panel.page.locator('.progress', { hasText: 'taskmanager-14.log, 14 of 20' }).waitFor();
    await panel.page.locator('.progress button').click();
    await panel.send({ ...MESSAGE, page: { ...MESSAGE.page, soFar: { done: 14, of: 20, over: true } } });
    await panel.page.locator('.so-far', { hasText: 'Reading was cancelled after 14 of 20 files' }).waitFor();
    assert.equal(await panel.page.locator('.progress', { hasText: 'taskmanager-14.log' }).count(), 0);
    await panel.send(MESSAGE);
    await panel.page.locator('.so-far').waitFor({ state: 'detached' });
    assert.ok(panel.messages.some(({ type }) => type === 'cancel'));
  });

  it('begins with the verdict, its certainty and the next command', async () => {
    const panel = await open();
    const verdict = panel.page.locator('.verdict');
    assert.equal(await verdict.locator('h2').textContent(), INCIDENT.verdict.sentence);
    assert.match((await verdict.textContent()) ?? '', /failing.*proved by these files.*FLINK-1.*since 2025-10-09/s);
    await verdict.getByText('Copy', { exact: true }).click();
    assert.deepEqual(await panel.message(({ type }) => type === 'copy'), { type: 'copy', text: 'jstack -l PID' });
    await panel.close();
  });

  it('leads to the lines that prove it, and to the thread of a subtask', async () => {
    const panel = await open();
    await panel.page.click('.evidence .link');
    const start = { line: 41, character: 0 };
    assert.deepEqual(await panel.message(({ type }) => type === 'reveal'), {
      type: 'reveal',
      uri: 'file:///logs/jobmanager.log',
      place: { start, end: start, uri: 'file:///logs/jobmanager.log' },
      keepFocus: false,
    });
    await panel.page.locator('tr', { hasText: 'window' }).locator('.link').click();
    await panel.message((one) => one.type === 'reveal' && one.uri === 'file:///logs/dump.txt' && one.place.start.line === 6);
    await panel.close();
  });

  it('shows names as text', async () => {
    const panel = await open();
    assert.equal(await panel.page.locator('.incident img').count(), 0);
    assert.equal(await panel.page.getByText('<img src=x>').count(), 1);
    await panel.close();
  });

  it('draws the axis and the graph in itself, and their places lead into files', async () => {
    const panel = await open();
    await panel.page.locator('.axis-box .item').first().waitFor();
    await panel.page.locator('.graph-box .node').waitFor();
    await panel.page.locator('.axis-box .item .mark').first().click();
    await panel.message((one) => one.type === 'reveal' && one.uri === 'file:///logs/jobmanager.log');
    await panel.close();
  });

  it('says what is missing, what was not joined and what was not read', async () => {
    const panel = await open();
    const text = (await panel.page.locator('.incident').textContent()) ?? '';
    assert.match(text, /A dump of taskmanager-2 what subtask 1 does/);
    assert.match(text, /gc\.log fits two processes/);
    assert.match(text, /core\.1234: no text/);
    await panel.close();
  });

  it('filters findings, counts those that are left out, and keeps what is open through a reload', async () => {
    const panel = await open();
    await panel.page.locator('summary', { hasText: 'All findings by cause (15)' }).click();
    const list = panel.page.locator('.findings li');
    await list.first().waitFor();
    assert.equal(await list.count(), 12);
    assert.equal(await panel.page.getByText('3 more are not shown.').count(), 1);
    await panel.page.getByLabel('Filter findings').fill('finding 11');
    assert.equal(await list.count(), 1);
    while ((await panel.state()) === null) await panel.page.waitForTimeout(20);
    await panel.page.reload();
    await panel.send(MESSAGE);
    await list.first().waitFor();
    await panel.close();
  });

  it('copies the verdict without the tables, and saves all of it', async () => {
    const panel = await open();
    await panel.page.getByText('Copy for a ticket').click();
    assert.deepEqual(await panel.message(({ type }) => type === 'copy'), { type: 'copy', text: '# Checkpoints expire\n\nproof' });
    await panel.page.getByLabel('Save as Markdown…').click();
    const saved = await panel.message(({ type }) => type === 'save');
    assert.match(JSON.stringify(saved), /details/);
    await panel.close();
  });

  it('says why there is no verdict and tries again', async () => {
    const panel = await openPanel<IncidentToWebview, IncidentFromWebview>({ html: (sources) => panelHtml('incident', sources) });
    await panel.send({ type: 'error', message: 'There is nothing here that Logjam can read.' });
    await panel.page.getByText('Try again').click();
    await panel.message(({ type }) => type === 'retry');
    await panel.close();
  });

  for (const [theme, width] of [
    ['dark', 1000],
    ['light', 500],
    ['hc', 1000],
    ['hc-light', 500],
  ] as const)
    it(`is drawn in ${theme}, ${width} wide, and nothing is wider than the window`, async () => {
      const panel = await open({ theme, size: { width, height: 900 } });
      await panel.page.locator('.graph-box .node').waitFor();
      await panel.picture(`incident-${theme}`);
      assert.ok((await panel.page.evaluate(() => (document.querySelector('.scroller')?.scrollWidth ?? 0) - innerWidth)) <= 0);
      await panel.close();
    });
});
