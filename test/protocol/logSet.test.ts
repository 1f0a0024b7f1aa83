// Logs that are read as one, over stdio: a set's uri is asked for like a document's, places are in the right files.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { URI } from 'vscode-uri';
import { setUri } from '../../common/virtual.ts';
import { at } from '../../scripts/lib/paths.mjs';
import { type Json, LspClient } from './client.ts';

const RECORDING = at('test/fixtures/flink/1.20.3/heap-out-of-memory');

describe('logs that belong together, over stdio', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-set (1) '));
  const inFolder = (name: string) => URI.file(path.join(folder, name)).toString();
  const set = setUri([URI.file(folder).toString()]);
  let client: LspClient;

  before(async () => {
    mkdirSync(path.join(folder, 'jm'));
    copyFileSync(path.join(RECORDING, 'jobmanager.log'), path.join(folder, 'jm', 'jobmanager.log'));
    copyFileSync(path.join(RECORDING, 'taskmanager-gc.log'), path.join(folder, 'taskmanager-gc.log'));
    writeFileSync(path.join(folder, 'notes.txt'), 'The meeting is at ten.\n');
    writeFileSync(path.join(folder, 'damaged.log.gz'), gzipSync('2026-01-01').subarray(0, 15));
    // A rotation set: the older part is compressed.
    const lines = readFileSync(path.join(RECORDING, 'taskmanager.log'), 'utf8').split('\n');
    const cut = lines.findIndex((line) => line.includes('switched from INITIALIZING to RUNNING')) + 1;
    writeFileSync(path.join(folder, 'taskmanager.log.1.gz'), gzipSync(`${lines.slice(0, cut).join('\n')}\n`));
    writeFileSync(path.join(folder, 'taskmanager.log'), lines.slice(cut).join('\n'));
    client = new LspClient();
    await client.initialize(
      {},
      { initializationOptions: { status: true, commands: true }, workspaceFolders: [{ uri: inFolder(''), name: 'incident' }] },
    );
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  /** The text of a file, or of the virtual document that stands for a compressed one. */
  async function textOf(uri: string): Promise<string> {
    return uri.startsWith('file:')
      ? readFileSync(URI.parse(uri).fsPath, 'utf8')
      : (await client.request('workspace/textDocumentContent', { uri })).text;
  }

  it('says what it is and how far the reading is', async () => {
    const info = await client.request('logjam/analysis', { uri: set });
    assert.equal(info.kind, 'flink-log');
    const messages = client.notifications
      .filter(({ method, params }) => method === 'logjam/status' && params.uri === set)
      .map(({ params }) => params);
    assert.ok(messages.some(({ message }) => /^reading .*jobmanager\.log, \d of 4$/.test(message)));
    assert.equal(messages.at(-1).phase, 'done');
  });

  it('a filter of all keeps links into every file, the compressed one included', async () => {
    const uri = await client.request('logjam/contentUri', { uri: set, name: 'filtered', filter: { level: 'WARN' } });
    const lines: string[] = (await client.request('workspace/textDocumentContent', { uri })).text.split('\n');
    const links: Json[] = await client.request('textDocument/documentLink', { textDocument: { uri } });
    const files = new Set<string>();
    for (const { range, target } of links) {
      const [, file = '', number] = /^(.*)#L(\d+)$/.exec(target) ?? [];
      files.add(file);
      const original = (await textOf(file)).split('\n')[Number(number) - 1];
      assert.equal((lines[range.start.line] ?? '').slice(range.end.character + 2), original?.trimEnd());
    }
    assert.ok(
      [...files].some((file) => file.startsWith('logjam:') && decodeURIComponent(file).includes('taskmanager.log.1.gz')),
      [...files].join(' '),
    );
    assert.ok(files.has(inFolder('jm/jobmanager.log')) && files.has(inFolder('taskmanager.log')));
  });

  it('a compressed log alone is filtered with links into its text', async () => {
    const packed = inFolder('taskmanager.log.1.gz');
    const uri = await client.request('logjam/contentUri', { uri: packed, name: 'filtered', filter: { level: 'INFO', to: '23:59' } });
    const links: Json[] = await client.request('textDocument/documentLink', { textDocument: { uri } });
    assert.ok(links.length > 10);
    for (const { target } of links) assert.ok(target.startsWith('logjam:'), target);
    const { text } = await client.request('workspace/textDocumentContent', { uri: links[0]?.target.replace(/#L\d+$/, '') });
    assert.ok(text.length > 1000);
  });

  it('the timeline leads into every file, the compressed one included', async () => {
    const timeline = await client.request('logjam/document', { uri: set, name: 'timeline' });
    const found = new Set<string>();
    for (const lane of timeline.lanes) {
      for (const { place, label } of lane.intervals) {
        if (place === undefined) continue;
        const line = (await textOf(place.uri)).split('\n')[place.start.line] ?? '';
        if (lane.kind === 'subtask' || lane.kind === 'job') assert.ok(line.includes(label), `${label}: ${line}`);
        if (lane.kind === 'gc') assert.match(line, /Pause/);
        found.add(path.posix.basename(place.uri.split('?')[0]));
      }
    }
    assert.deepEqual([...found].sort(), ['jobmanager.log', 'taskmanager-gc.log', 'taskmanager.log', 'taskmanager.log.1']);
  });

  it('the call graph follows a position in a member', async () => {
    const graph = await client.request('logjam/graph', { uri: set, view: 'calls' });
    const node = graph.nodes.find(({ kind, place }: Json) => kind === 'exception' && place.uri.startsWith('file:'));
    const asked = { uri: set, view: 'calls', position: node.place.start };
    assert.equal(await client.request('logjam/nodeAt', { ...asked, in: node.place.uri }), node.id);
    assert.notEqual(await client.request('logjam/nodeAt', { ...asked, in: inFolder('taskmanager-gc.log') }), node.id);
  });

  it('the report links into the files and names what cannot be read', async () => {
    const { report } = await client.request('logjam/analysis', { uri: set });
    const { text } = await client.request('workspace/textDocumentContent', { uri: report });
    const [, uri = '', line] = /^## Trigger\n\n.*line \[[^\]]+\]\(<([^>#]+)#L(\d+)>\)/m.exec(text) ?? [];
    assert.match((await textOf(uri)).split('\n')[Number(line) - 1] ?? '', /switched from .* to FAILED|OutOfMemoryError/);
    assert.match(text, /damaged\.log\.gz: the gzip data is damaged/);
    assert.doesNotMatch(text, /notes\.txt/);
    assert.match(text, /^\*\*Confirmed\.\*\*/m);
    const relations = await client.request('logjam/contentUri', { uri: set, name: 'relations' });
    assert.match(
      (await client.request('workspace/textDocumentContent', { uri: relations })).text,
      /^\*\*YES: .*lines? \[\S*taskmanager\.log:\d+\]\(<file:[^>]*taskmanager\.log#L\d+>\)/s,
    );
  });

  it('is read again when a file has changed, and what is open counts as it stands there', async () => {
    const before = await client.request('logjam/document', { uri: set, name: 'timeline' });
    client.open(inFolder('taskmanager.log'), 'flink-log', '');
    const after = await client.request('logjam/document', { uri: set, name: 'timeline' });
    assert.ok(JSON.stringify(after).length < JSON.stringify(before).length);
    client.notify('textDocument/didClose', { textDocument: { uri: inFolder('taskmanager.log') } });
    assert.deepEqual(await client.request('logjam/document', { uri: set, name: 'timeline' }), before);
  });

  it('offers the rotated files at the head of a log', async () => {
    const uri = inFolder('taskmanager.log');
    client.open(uri, 'flink-log', readFileSync(path.join(folder, 'taskmanager.log'), 'utf8'));
    const lenses = await client.request('textDocument/codeLens', { textDocument: { uri } });
    const lens = lenses.find(({ command }: Json) => command.command === 'logjam.analyseTogether');
    assert.match(lens.command.title, /One rotated file beside this one/);
    assert.deepEqual(lens.command.arguments, [[uri, inFolder('taskmanager.log.1.gz')]]);
    assert.equal((await client.request('logjam/analysis', { uri: setUri(lens.command.arguments[0]) })).kind, 'flink-log');
  });

  it('tells its findings in the files, in place of their own, until it is closed', async () => {
    const [jobManager, taskManager] = [inFolder('jm/jobmanager.log'), inFolder('taskmanager.log')];
    const latest = async (uri: string, test: (list: Json[]) => boolean) => {
      const deadline = Date.now() + 10_000;
      for (;;) {
        const told = client.notifications.findLast(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === uri);
        if (told !== undefined && test(told.params.diagnostics)) return told.params.diagnostics as Json[];
        assert.ok(Date.now() < deadline, `diagnostics of ${uri}: ${JSON.stringify(told)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const first = ({ code }: Json) => code === 'first-failure';
    client.open(jobManager, 'flink-log', readFileSync(path.join(folder, 'jm/jobmanager.log'), 'utf8'));
    await client.request('logjam/analysis', { uri: setUri([jobManager]) });
    await latest(jobManager, (list) => list.some(first));
    await client.request('logjam/analysis', { uri: set });
    // The first failure stands in the TaskManager's log; what the JobManager says of it is no failure of its own.
    const [found] = (await latest(taskManager, (list) => list.some(first))).filter(first);
    assert.ok(found.relatedInformation.some(({ location }: Json) => location.uri !== taskManager));
    await latest(jobManager, (list) => !list.some(first));
    // An execution is followed from one file into the other.
    const text = readFileSync(path.join(folder, 'jm/jobmanager.log'), 'utf8').split('\n');
    const line = text.findIndex((one) => one.includes('remember on heap (1/1)') && one.includes('switched from RUNNING to FAILED'));
    const at = { textDocument: { uri: jobManager }, position: { line, character: (text[line] ?? '').indexOf('remember on heap') + 3 } };
    const references: Json[] = await client.request('textDocument/references', { ...at, context: { includeDeclaration: true } });
    assert.ok(references.some(({ uri }) => uri === jobManager) && references.some(({ uri }) => uri === taskManager));
    const definitions: Json[] = await client.request('textDocument/definition', at);
    assert.ok(definitions.some(({ uri, range }) => uri === taskManager && range.start.line === found.range.start.line));
    const hover = await client.request('textDocument/hover', at);
    assert.match(hover.contents.value, /CREATED → DEPLOYING \(taskmanager\.log\.1\.gz, line \d+, TM\)/);
    assert.match(hover.contents.value, /RUNNING → FAILED \(\[taskmanager\.log, line \d+\].*\n.*RUNNING → FAILED \(\[jm\/jobmanager\.log, line/);
    client.notify('logjam/close', { uri: set });
    await latest(jobManager, (list) => list.some(first));
    assert.ok(
      (await latest(taskManager, () => true)).every(({ relatedInformation = [] }: Json) =>
        relatedInformation.every(({ location }: Json) => location.uri === taskManager),
      ),
    );
    client.notify('textDocument/didClose', { textDocument: { uri: jobManager } });
    await latest(jobManager, (list) => list.length === 0);
  });

  it('says when there is no log', async () => {
    const info = await client.request('logjam/analysis', { uri: setUri([inFolder('notes.txt'), inFolder('gone.log')]) });
    assert.equal(info.kind, 'unknown');
    assert.match(info.problem, /^There is no Flink log here: one file was looked at\. gone\.log: there is no such file.* notes\.txt: left out/);
  });

  it('can be cancelled', async () => {
    client.opened(URI.file(RECORDING).toString());
    const { id, response } = client.startRequest('logjam/analysis', { uri: setUri([URI.file(RECORDING).toString()]) });
    client.notify('$/cancelRequest', { id });
    await assert.rejects(response, { code: -32800 });
  });
});
