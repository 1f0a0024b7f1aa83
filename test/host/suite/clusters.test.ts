// A running cluster in the real editor: from its address to a deadlock in a dump, to a snapshot, and to what is shown when it is gone.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { readManifest } from '../../../common/snapshot.ts';
import { codeOf } from '../../support/diagnosticCode.ts';
import {
  type Answers,
  errors,
  historyAnswers,
  json,
  largeAnswers,
  recordingAnswers,
  type StandIn,
  standIn,
  withProfiler,
} from '../../support/standIn.ts';
import { fixture, hasWindow, inWindow, screenshot, until, waitForDiagnostics, workspaceFolder } from '../helpers.ts';

const tabs = () => vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all.map(({ label }) => label));
const row = (label: string) => `.monaco-list-row[aria-label^="${label}"]`;
const add = (cluster: { name: string; url: string; token?: string }) => vscode.commands.executeCommand<string>('logjam.addCluster', cluster);
const remove = (id: string | undefined) => vscode.commands.executeCommand('logjam.removeCluster', id);

/** Opens the nodes one after the other, as a person does. */
async function open(...labels: string[]): Promise<void> {
  for (const label of labels) {
    await inWindow('waitFor', { selector: row(label), timeout: 20_000 });
    await inWindow('click', { selector: row(label) });
  }
}

/** Milliseconds from the click on a node until a row below it is drawn, by the clock of the window: what a driver takes does not count. */
async function drawnAfterClick(label: string, below: string): Promise<number> {
  await inWindow('waitFor', { selector: row(label), timeout: 20_000 });
  const watch = `(() => {
    const seen = (window.drawn = { clicked: 0, after: 0 });
    addEventListener('mousedown', () => { seen.clicked ||= performance.now(); }, { capture: true, once: true });
    const look = () => {
      if (seen.clicked > 0 && document.querySelector(${JSON.stringify(row(below))}) !== null) seen.after = performance.now() - seen.clicked;
      else requestAnimationFrame(look);
    };
    look();
  })()`;
  await inWindow('evaluate', { selector: '.monaco-workbench', script: watch });
  await inWindow('click', { selector: row(label) });
  await inWindow('waitFor', { selector: row(below) });
  const after = () => inWindow('evaluate', { selector: '.monaco-workbench', script: 'window.drawn.after' }) as Promise<number>;
  return Math.round(await until('the row', async () => (await after()) || undefined));
}

describe('a running cluster', function () {
  this.timeout(120_000);
  let server: StandIn;
  let answers: Answers;
  let id: string | undefined;

  before(async () => {
    answers = recordingAnswers('2.3.0/monitor-deadlock');
    server = await standIn((at, request) => answers(at, request));
  });

  after(async () => {
    await remove(id);
    await server.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.view.explorer');
  });

  it('is asked for by an empty view', async function () {
    if (!hasWindow) this.skip();
    await vscode.commands.executeCommand('logjam.clusters.focus');
    await inWindow('waitForText', { text: 'Connect a running cluster of Flink' });
    await screenshot('clusters-welcome');
  });

  it('shows its jobs and processes, and asks for nothing that is not opened', async function () {
    if (!hasWindow) this.skip();
    id = await add({ name: 'staging', url: server.url });
    assert.ok(id);
    await inWindow('waitFor', { selector: row('staging') });
    assert.equal(server.asked.length, 0);
    await open('staging', 'monitor-deadlock');
    await inWindow('waitFor', { selector: row('debit') });
    await screenshot('clusters-tree');
    assert.ok(!server.asked.some((one) => one.includes('thread-dump') || one.includes('/logs')));
  });

  it('gives a thread dump whose deadlock is found and drawn', async function () {
    if (!hasWindow) this.skip();
    await open('TaskManagers', 'localhost:');
    await until('its files', () => server.asked.some((one) => one.endsWith('/logs')));
    const listed = server.asked.find((one) => /^\/taskmanagers\/.*\/logs$/.test(one)) ?? '';
    const name = decodeURIComponent(listed.split('/')[2] as string);
    await vscode.commands.executeCommand('logjam.takeDumps', `${id}/taskmanagers:taskmanagers/taskmanager:${name}`, { count: 1, seconds: 0 });
    const editor = await until('the dump', () => vscode.window.activeTextEditor?.document.uri.scheme === 'flink' && vscode.window.activeTextEditor);
    const diagnostics = await waitForDiagnostics(editor.document.uri);
    assert.equal(editor.document.languageId, 'java-threaddump');
    assert.ok(
      diagnostics.some((one) => codeOf(one) === 'deadlock'),
      diagnostics.map(({ message }) => message).join('\n'),
    );
    assert.equal(vscode.workspace.fs.isWritableFileSystem('flink'), false);
    await vscode.commands.executeCommand('logjam.showLockGraph', editor.document.uri);
    await until('the graph', () => tabs().some((label) => /Lock/i.test(label)));
    await inWindow('waitFor', { selector: '.node', timeout: 30_000 });
    await screenshot('clusters-deadlock');
  });

  it('gives a log like any other', async () => {
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme: 'flink', authority: id ?? '', path: '/jobmanager/logs/jobmanager.log' }),
    );
    assert.match(document.getText(), /Starting StandaloneSession/i);
    await vscode.window.showTextDocument(document);
    await until('its language', () => vscode.workspace.textDocuments.some((one) => one.uri.scheme === 'flink' && one.languageId === 'flink-log'));
  });

  it('gives a snapshot that opens as an incident', async () => {
    const into = path.join(workspaceFolder(), 'snapshots');
    mkdirSync(into);
    await vscode.commands.executeCommand('logjam.takeSnapshot', id, vscode.Uri.file(into));
    const [folder = ''] = readdirSync(into);
    assert.match(folder, /^flink-snapshot-staging-\d{8}T\d{6}$/);
    const manifest = readManifest(readFileSync(path.join(into, folder, 'manifest.json'), 'utf8'));
    assert.ok(manifest !== null && manifest.ended !== null && manifest.calls.some(({ file }) => file === 'jobmanager/jobmanager.log'));
    await until('the incident', () => tabs().some((label) => label.startsWith('Incident: ')));
    if (hasWindow) await inWindow('waitFor', { selector: '.verdict h2', timeout: 60_000 });
    await screenshot('clusters-snapshot');
  });

  it('goes on with a snapshot that was broken off: what it has of logs is not fetched again', async () => {
    const into = path.join(workspaceFolder(), 'snapshots');
    const [name = ''] = readdirSync(into);
    const file = path.join(into, name, 'manifest.json');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(whole) as object), ended: null }));
    const before = server.asked.length;
    await vscode.commands.executeCommand('logjam.takeSnapshot', id, vscode.Uri.file(path.join(into, name)));
    const asked = server.asked.slice(before);
    assert.ok(asked.includes('/jobs/overview'), asked.join());
    assert.ok(!asked.some((one) => /\/logs\/./.test(one)), asked.join());
    const manifest = readManifest(readFileSync(file, 'utf8'));
    assert.ok(manifest !== null && manifest.ended !== null && manifest.calls.some((call) => call.file === 'jobmanager/jobmanager.log'));
    assert.equal(readdirSync(into).length, 1);
  });

  it('that is gone says so at its node, and keeps what was shown', async function () {
    if (!hasWindow) this.skip();
    await vscode.commands.executeCommand('logjam.clusters.focus');
    answers = () => (response) => void response.destroy();
    // The JobManager's own memory of 3 s is heeded.
    await new Promise((resolve) => setTimeout(resolve, 3500));
    await vscode.commands.executeCommand('logjam.refreshClusters');
    await inWindow('waitForText', { text: 'does not answer' });
    await inWindow('waitFor', { selector: row('monitor-deadlock') });
    await screenshot('clusters-gone');
  });

  it('that does not let us in says so, and repeats no password', async function () {
    if (!hasWindow) this.skip();
    answers = (_, request) => errors(401, `not ${request.headers.authorization}`);
    await remove(id);
    id = await add({ name: 'guarded', url: server.url, token: 'wrong-token-of-mine' });
    await open('guarded');
    await inWindow('waitForText', { text: 'credentials are missing or wrong' });
    const { text } = (await inWindow('text', {})) as { text?: string };
    assert.ok(!JSON.stringify(text ?? '').includes('wrong-token-of-mine'));
    await screenshot('clusters-refused');
  });
});

describe('a cluster that is watched', function () {
  this.timeout(180_000);
  const recorded = recordingAnswers('2.3.0/monitor-deadlock');
  const settings = () => vscode.workspace.getConfiguration('logjam.watch');
  let server: StandIn;
  let id: string | undefined;
  /** Of the checkpoint that expired last. */
  let expired = 0;
  let gone = false;

  const answers: Answers = (at, request) => {
    if (gone) return (response) => void response.destroy();
    const [, job, more] = /^\/jobs\/(\w{32})(\/.*)?$/.exec(at) ?? [];
    const vertices = (): { id: string }[] => {
      const reply = recorded(`/jobs/${job}`, request);
      return reply === null || typeof reply === 'function' ? [] : (JSON.parse(String(reply.body)) as { vertices: { id: string }[] }).vertices;
    };
    const [last] = job === undefined ? [] : vertices().slice(-1);
    if (more === '/checkpoints' && expired > 0)
      return json({
        counts: { restored: 0, total: expired, in_progress: 0, completed: 0, failed: expired },
        latest: { failed: { id: expired, status: 'FAILED', failure_message: 'Checkpoint expired before completing.', num_subtasks: 4, num_acknowledged_subtasks: 3 } },
        history: [],
      }); // biome-ignore format: a document
    if (more?.startsWith('/checkpoints/details/') === true && last !== undefined)
      return more.includes('/subtasks/')
        ? json({ subtasks: [{ index: 0, status: 'pending_or_failed' }] })
        : json({ id: expired, status: 'FAILED', tasks: { [last.id]: { num_subtasks: 1, num_acknowledged_subtasks: 0 } } });
    return recorded(at, request);
  };

  before(async () => {
    server = await standIn((at, request) => answers(at, request));
  });

  after(async () => {
    for (const key of ['snapshot', 'folder']) await settings().update(key, undefined, vscode.ConfigurationTarget.Global);
    await remove(id);
    await server.close();
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.view.explorer');
  });

  it('is asked for nothing before that is switched on, then has its verdict in the status bar', async function () {
    if (!hasWindow) this.skip();
    id = await add({ name: 'production', url: server.url });
    await inWindow('waitFor', { selector: row('production') });
    assert.equal(server.asked.length, 0);
    await vscode.commands.executeCommand('logjam.watchCluster', id);
    await until('a verdict', () => server.asked.some((one) => one.includes('/backpressure')), 30_000);
    await inWindow('waitFor', { selector: '.statusbar-item[aria-label*="production: "]:not([aria-label*="looking"])', timeout: 60_000 });
    await inWindow('waitFor', { selector: row('production, watched') });
    await screenshot('clusters-watched');
    assert.ok(!server.asked.some((one) => one.includes('thread-dump') || one.includes('/logs')));
  });

  it('leads from the status bar to what the verdict rests on', async function () {
    if (!hasWindow) this.skip();
    await inWindow('click', { selector: '.statusbar-item[aria-label*="production: "]' });
    await until('the incident', () => tabs().some((label) => label.startsWith('Incident: ')));
    await inWindow('waitFor', { selector: '.verdict h2', timeout: 60_000 });
    await screenshot('clusters-watched-verdict');
  });

  it('offers a snapshot when a checkpoint expires', async function () {
    if (!hasWindow) this.skip();
    expired = 5;
    await inWindow('waitForText', { text: 'Checkpoint 5 of', timeout: 40_000 });
    // Under a driver the editor shows no toasts: the list is what the bell opens.
    await vscode.commands.executeCommand('notifications.showList');
    await inWindow('waitForText', { text: 'Take Snapshot' });
    await screenshot('clusters-watched-offer');
    assert.ok(!server.asked.some((one) => one.includes('thread-dump')));
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('takes one by itself where the person has said so, with the dumps of whom the checkpoint waited for', async function () {
    if (!hasWindow) this.skip();
    const into = path.join(workspaceFolder(), 'taken');
    mkdirSync(into);
    await settings().update('folder', into, vscode.ConfigurationTarget.Global);
    await settings().update('snapshot', 'takeWithDumps', vscode.ConfigurationTarget.Global);
    expired = 6;
    await until('the snapshot', () => readdirSync(into).some((name) => existsSync(path.join(into, name, 'manifest.json')) && readManifest(readFileSync(path.join(into, name, 'manifest.json'), 'utf8'))?.ended != null), 90_000); // biome-ignore format: a line
    await vscode.commands.executeCommand('notifications.showList');
    await inWindow('waitForText', { text: 'A snapshot was taken', timeout: 10_000 });
    await screenshot('clusters-watched-taken');
    const [folder = ''] = readdirSync(into);
    const manifest = readManifest(readFileSync(path.join(into, folder, 'manifest.json'), 'utf8'));
    const dumps = manifest?.calls.filter(({ path: at, status }) => at.endsWith('/thread-dump') && status === 'ok') ?? [];
    assert.equal(dumps.length, 3);
    assert.ok(dumps.every(({ path: at }) => at.startsWith('/taskmanagers/')));
  });

  it('shares the status bar with others: the worst is told, the rest is counted', async function () {
    if (!hasWindow) this.skip();
    const away = await add({ name: 'away', url: 'http://127.0.0.1:2' });
    await vscode.commands.executeCommand('logjam.watchCluster', away);
    await inWindow('waitForText', { text: 'away: no answer (+1)', timeout: 30_000 });
    await screenshot('clusters-watched-two');
    await remove(away);
    await inWindow('waitFor', { selector: '.statusbar-item[aria-label*="production: "]:not([aria-label*="away"])' });
  });

  it('that does not answer says so, and nothing more is asked once it is switched off', async function () {
    if (!hasWindow) this.skip();
    gone = true;
    await inWindow('waitFor', { selector: '.statusbar-item[aria-label*="production: "][aria-label*="does not answer"]', timeout: 60_000 });
    await screenshot('clusters-watched-gone');
    await vscode.commands.executeCommand('logjam.unwatchCluster', id);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const asked = server.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    assert.ok(
      server.asked.slice(asked).every((one) => !one.includes('/checkpoints')),
      server.asked.slice(asked).join(),
    );
  });
});

describe('the graph of a running job', function () {
  this.timeout(120_000);
  const recorded = recordingAnswers('2.3.0/skewed-key');
  let server: StandIn;
  let id: string | undefined;
  /** Of all vertices, in ms of a second; null: as recorded. */
  let busy: number | null = null;
  let job = '';
  let vertex = '';
  const NAME = 'score (1/4)';
  /** Of several subtasks the first, as a person picks it. */
  const onFirst = async (command: string, ...args: unknown[]): Promise<void> => {
    const running = vscode.commands.executeCommand(command, ...args);
    await inWindow('waitFor', { selector: `.quick-input-list ${row(NAME)}` });
    await inWindow('click', { selector: `.quick-input-list ${row(NAME)}` });
    await running;
  };

  before(async () => {
    server = await standIn((at, request) => {
      if (busy !== null && at.includes('/subtasks/metrics'))
        return json([
          { id: 'busyTimeMsPerSecond', max: busy },
          { id: 'backPressuredTimeMsPerSecond', max: 0 },
        ]);
      if (at.endsWith('/thread-dump')) return json({ threadInfos: [{ threadName: NAME, stringifiedThreadInfo: `"${NAME}#0" Id=90 RUNNABLE\n\tat com.example.Score.of(Score.java:1)\n\n` }] }); // biome-ignore format: a line
      if (at.endsWith('/checkpoints')) return json({ counts: {}, latest: {}, history: [{ id: 3, status: 'COMPLETED' }] });
      if (at.includes('/checkpoints/details/3/subtasks/')) return json({ id: 3, status: 'COMPLETED', num_subtasks: 4, subtasks: [] });
      if (at.endsWith('/watermarks')) return json([{ id: '0.currentInputWatermark', value: '1764000000000' }]);
      return recorded(at, request);
    });
    const { jobs } = (await (await fetch(`${server.url}/jobs/overview`)).json()) as { jobs: { jid: string }[] };
    job = jobs[0]?.jid ?? '';
    const { vertices } = (await (await fetch(`${server.url}/jobs/${job}`)).json()) as { vertices: { id: string; name: string }[] };
    vertex = vertices.find(({ name }) => name.startsWith('score'))?.id ?? '';
  });

  after(async () => {
    await remove(id);
    await server.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.view.explorer');
  });

  it('shows what its vertices do, again and again, without being laid out anew', async function () {
    if (!hasWindow) this.skip();
    id = await add({ name: 'staging', url: server.url });
    await open('staging');
    await inWindow('waitFor', { selector: row('skewed-key') });
    await vscode.commands.executeCommand('logjam.showLiveJob', `${id}/job:${job}`);
    await inWindow('waitFor', { selector: '.canvas .node', timeout: 30_000 });
    assert.ok(tabs().includes('Job: skewed-key'), tabs().join());
    await inWindow('waitForText', { text: 'watermark 2025-11-24' });
    await inWindow('waitForText', { text: 'As the cluster told at' });
    await screenshot('clusters-live');
    const places = () => inWindow('evaluate', { selector: '.canvas', script: "[...document.querySelectorAll('.canvas .node')].map((one) => one.getAttribute('transform')).join()" }); // biome-ignore format: a line
    const before = await places();
    busy = 421;
    await inWindow('waitForText', { text: '42 %', timeout: 30_000 });
    assert.equal(await places(), before);
    await screenshot('clusters-live-later');
  });

  it('leads from a vertex to its threads, its log lines, and its part of a checkpoint', async function () {
    if (!hasWindow) this.skip();
    const of = { cluster: id, job, vertex };
    await onFirst('logjam.vertexThreads', of, { count: 1, seconds: 0 });
    const editor = await until('the dump', () => /thread-dump/.test(vscode.window.activeTextEditor?.document.uri.path ?? '') && vscode.window.activeTextEditor); // biome-ignore format: a line
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /^"score/);
    await onFirst('logjam.vertexLog', of);
    await until('the lines of the log', () => vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'logjam' && /score.* \(/.test(document.getText()))); // biome-ignore format: a line
    await screenshot('clusters-live-log');
    await vscode.commands.executeCommand('logjam.vertexCheckpoint', of);
    await until('the checkpoint', () => /\/checkpoints\/details\/\d+\/subtasks\//.test(vscode.window.activeTextEditor?.document.uri.path ?? ''));
  });

  it('is not asked for when nobody looks at it', async function () {
    if (!hasWindow) this.skip();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.view.explorer');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const asked = server.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 7000));
    assert.deepEqual(server.asked.slice(asked), []);
  });
});

describe('clusters of other kinds', function () {
  this.timeout(120_000);
  const servers: StandIn[] = [];
  const ids: (string | undefined)[] = [];
  const serve = async (answers: Answers, tls?: { cert: string; key: string }): Promise<StandIn> => {
    const server = await standIn(answers, tls);
    servers.push(server);
    return server;
  };
  const added = async (name: string, url: string): Promise<void> => {
    ids.push(await add({ name, url }));
    // VS Code is done with the list of clusters.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await open(name);
  };

  afterEach(async () => {
    for (const id of ids.splice(0)) await remove(id);
    for (const server of servers.splice(0)) await server.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => vscode.commands.executeCommand('workbench.view.explorer'));

  it('whose certificate is not trusted says so, and what to do', async function () {
    if (!hasWindow) this.skip();
    const tls = { cert: readFileSync(fixture('tls/server.pem'), 'utf8'), key: readFileSync(fixture('tls/server.key'), 'utf8') };
    const server = await serve(recordingAnswers('2.3.0/monitor-deadlock'), tls);
    await added('with TLS', server.url);
    await inWindow('waitForText', { text: 'is not trusted' });
    assert.deepEqual(server.asked, []);
    await screenshot('clusters-certificate');
  });

  it('of a version that is too old says so', async function () {
    if (!hasWindow) this.skip();
    const { url } = await serve((at) => (at === '/config' ? json({ 'flink-version': '1.9.3' }) : json({ jobs: [] })));
    await added('old', url);
    await inWindow('waitFor', { selector: row('old, Flink 1.9.3, 0 jobs') });
    await inWindow('hover', { selector: row('old') });
    await inWindow('waitForText', { text: 'Flink 1.9.3 is older than 1.13' });
    await screenshot('clusters-old');
  });

  it('that is a History Server shows the jobs that ended, and what it has not', async function () {
    if (!hasWindow) this.skip();
    const { url } = await serve(historyAnswers('2.3.0'));
    await added('history', url);
    await inWindow('waitForText', { text: 'A History Server has what ended jobs left behind' });
    await open('healthy');
    await inWindow('waitFor', { selector: row('Exceptions') });
    await screenshot('clusters-history');
  });

  it('with 1,000 TaskManagers and 500 vertices opens with a few calls, and can be looked through', async function () {
    if (!hasWindow) this.skip();
    const { answers, job } = largeAnswers();
    const server = await serve(answers);
    await added('large', server.url);
    console.log(`      1,000 TaskManagers are drawn ${await drawnAfterClick('TaskManagers', '10.0.0.0:6122-0')} ms after the click`);
    await vscode.commands.executeCommand('logjam.clusters.focus');
    await vscode.commands.executeCommand('list.focusLast');
    await inWindow('waitFor', { selector: row('800 more') });
    await inWindow('click', { selector: row('800 more') });
    await inWindow('waitFor', { selector: row('10.0.0.200:6122-200') });
    await vscode.commands.executeCommand('logjam.filterClusters', '6122-777');
    await inWindow('waitFor', { selector: row('10.0.0.777:6122-777') });
    await inWindow('waitForText', { text: 'Shown is what has "6122-777"' });
    await screenshot('clusters-large');
    await vscode.commands.executeCommand('logjam.filterClusters', '');
    await vscode.commands.executeCommand('workbench.actions.treeView.logjam.clusters.collapseAll');
    await open('large');
    console.log(`      500 vertices are drawn ${await drawnAfterClick('a large job', 'vertex 0')} ms after the click`);
    await inWindow('waitFor', { selector: row('vertex 1') });
    await screenshot('clusters-large-job');
    assert.ok(server.asked.length <= 8, server.asked.join());
    assert.ok(server.most <= 4);
    assert.ok(server.asked.includes(`/jobs/${job}`));
  });

  it('keeps open what is opened while all is asked for anew', async function () {
    if (!hasWindow) this.skip();
    const recorded = recordingAnswers('2.3.0/skewed-key');
    let slow = false;
    let duration = 60_000;
    const server = await serve((at, request) => {
      const answer = recorded(at, request);
      if (answer === null || typeof answer === 'function') return answer;
      const { jobs } = at === '/jobs/overview' ? (JSON.parse(String(answer.body)) as { jobs: object[] }) : { jobs: [] };
      // The line of the job is another each time.
      duration += 60_000;
      const reply = at === '/jobs/overview' ? json({ jobs: jobs.map((one) => ({ ...one, duration })) }) : answer;
      if (!slow) return reply;
      return (response) => void setTimeout(() => response.writeHead(200, reply.headers).end(reply.body), 800);
    });
    await added('slow', server.url);
    await open('skewed-key');
    await inWindow('waitFor', { selector: row('score, busy') });
    slow = true;
    for (const [node, below] of [['TaskManagers', 'localhost:'], ['score, busy', 'Back Pressure'], ['JobManager', 'Overview']] as const) {
      // The JobManager's own memory of 3 s is heeded.
      await new Promise((resolve) => setTimeout(resolve, 3500));
      await vscode.commands.executeCommand('logjam.refreshClusters');
      await new Promise((resolve) => setTimeout(resolve, 200));
      await open(node);
      await inWindow('waitFor', { selector: row(below), timeout: 10_000 });
    } // biome-ignore format: a list
    // All of them are still there when it is drawn anew.
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    for (const label of ['localhost:', 'Back Pressure', 'Overview']) await inWindow('waitFor', { selector: row(label), timeout: 1000 });
    await screenshot('clusters-kept-open');
  });

  it('whose profiler has results shows one as a call tree, starts another, and where it is switched off, what to set', async function () {
    if (!hasWindow) this.skip();
    let on = true;
    const recorded = recordingAnswers('2.3.0/skewed-key');
    const profiled = withProfiler(recorded, readFileSync(fixture('profiles/itimer-2.9.html'), 'utf8'));
    const server = await serve((at, request) => (on ? profiled : recorded)(at, request));
    await added('profiled', server.url);
    await open('JobManager', 'Profiler');
    await inWindow('waitFor', { selector: row('ITIMER ') });
    await screenshot('clusters-profiler');
    const finished = `${row('ITIMER ')}:not([aria-label*="running"])`;
    await inWindow('click', { selector: finished });
    await until('the call tree', () => tabs().some((label) => label.startsWith('Call tree: ')), 30_000);
    await inWindow('waitForText', { text: 'All 110 samples' });
    await inWindow('waitForText', { text: 'Work.score' });
    await screenshot('clusters-profile');
    const posts = () => server.methods.filter((method) => method === 'POST').length;
    assert.equal(posts(), 0);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('logjam.startProfiler', `${ids[0]}/jobmanager:jobmanager/profiler:profiler`, { mode: 'ITIMER', seconds: 1 });
    assert.equal(posts(), 1);
    await until('its result', () => tabs().some((label) => label.startsWith('Call tree: ') && label.includes('_09_')), 30_000);
    on = false;
    await new Promise((resolve) => setTimeout(resolve, 3500));
    await vscode.commands.executeCommand('logjam.refreshClusters');
    await inWindow('waitForText', { text: 'rest.profiling.enabled: true', timeout: 30_000 });
    await screenshot('clusters-profiler-off');
  });

  it('whose threads were sampled shows them as a call tree, and where it takes no samples, what to set', async function () {
    if (!hasWindow) this.skip();
    let sampled = true;
    const recorded = recordingAnswers('2.3.0/skewed-key');
    const samples = JSON.parse(readFileSync(fixture('clusters/2.3.0.json'), 'utf8')) as Record<string, unknown>;
    const [flame] = Object.entries(samples).filter(([at]) => at.endsWith('/flamegraph'));
    const server = await serve((at, request) =>
      at.endsWith('/flamegraph') ? json(sampled ? flame?.[1] : { endTimestamp: -2, data: null }) : recorded(at, request),
    );
    await added('sampled', server.url);
    await open('skewed-key', 'score, busy', 'Flame Graph');
    await until('the call tree', () => tabs().some((label) => label.startsWith('Call tree: ')), 30_000);
    await inWindow('waitForText', { text: 'All 200 samples' });
    await inWindow('waitForText', { text: 'Thread.run' });
    await screenshot('clusters-flame-graph');
    assert.equal(server.asked.filter((at) => at.endsWith('/flamegraph')).length, 2);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    sampled = false;
    await inWindow('click', { selector: row('Flame Graph') });
    await inWindow('waitForText', { text: 'rest.flamegraph.enabled: true', timeout: 30_000 });
  });
});
