// An editor that knows nothing of ours: no pictures in titles, no commands that it cannot run, edits that work without our
// extension; and what our own requests answer.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { contentUri } from '../../common/virtual.ts';
import { at } from '../../scripts/lib/paths.mjs';
import { type Json, LspClient, type Published } from './client.ts';

const DEMO = at('demo');
const FILES = [
  '1-deadlock/taskmanager-jstack.txt',
  '2-out-of-memory/jobmanager.log',
  '2-out-of-memory/taskmanager-gc.log',
  '4-iteration/execution-plan.json',
];
const uriOf = (file: string) => pathToFileURL(path.join(DEMO, file)).href;
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };

const CLIENTS: [string, object, object][] = [
  ['a plain client', {}, {}],
  [
    'our extension',
    { workspace: { textDocumentContent: {} }, window: { showDocument: { support: true } } },
    { initializationOptions: { commands: true } },
  ],
];

for (const [name, capabilities, options] of CLIENTS) {
  const ours = name === 'our extension';
  describe(`${name}, over stdio`, () => {
    let client: LspClient;
    let commands: string[];
    const all: { file: string; lenses: Json[]; actions: Json[]; published: Published }[] = [];
    before(async () => {
      client = new LspClient();
      const { capabilities: server } = await client.initialize(capabilities, options);
      commands = server['executeCommandProvider'].commands;
      for (const file of FILES) {
        const uri = uriOf(file);
        client.open(uri, 'plaintext', readFileSync(path.join(DEMO, file), 'utf8'));
        const published = await client.notification<Published>('textDocument/publishDiagnostics', (params) => params.uri === uri);
        const textDocument = { uri };
        all.push({
          file,
          published,
          lenses: await client.request('textDocument/codeLens', { textDocument }),
          actions: await client.request('textDocument/codeAction', { textDocument, range: WHOLE, context: { diagnostics: [] } }),
        });
      }
    });
    after(() => client.stop());

    it(ours ? 'has pictures in its titles' : 'has no pictures in its titles', () => {
      const titles = all.flatMap(({ lenses }) => lenses.map((lens) => lens.command.title));
      assert.ok(titles.length > 5);
      assert.equal(
        titles.some((title) => title.includes('$(')),
        ours,
        titles.join('\n'),
      );
      assert.ok(titles.every((title) => title.trim() !== ''));
    });

    it(ours ? 'is offered all commands' : 'is offered no command that nobody runs', () => {
      const named = all.flatMap(({ lenses, actions }) =>
        [...lenses, ...actions].flatMap(({ command }) => (command?.command ? [command.command] : [])),
      );
      const foreign = named.filter((one) => !commands.includes(one));
      assert.equal(foreign.length > 0, ours, foreign.join(', '));
      assert.ok(all.some(({ actions }) => actions.length > 0));
    });

    it(ours ? 'has links to lines in hovers' : 'has hovers that show no address of a link', async () => {
      const uri = uriOf('2-out-of-memory/jobmanager.log');
      const { contents } = await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 184, character: 150 } });
      assert.match(contents.value, /RUNNING → FAILED \(\[?line 185/);
      assert.equal(contents.value.includes('](<file:'), ours);
    });

    it(ours ? 'has a link to the page of each rule' : 'has no link that it could not open', async () => {
      for (const { published } of all) {
        for (const { code, codeDescription } of published.diagnostics as Json[]) {
          if (code === 'damaged-input') continue;
          assert.equal(codeDescription !== undefined, ours, code);
          if (!ours) continue;
          const { text } = await client.request('workspace/textDocumentContent', { uri: codeDescription.href });
          assert.match(text, /^# .+\n\n.{40}/, code);
        }
      }
    });
  });
}

describe('edits for an editor without our extension', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-plain-'));
    mkdirSync(path.join(folder, 'conf'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('find the configuration and the build files in the workspace', async () => {
    writeFileSync(path.join(folder, 'conf/flink-conf.yaml'), 'jobmanager.rpc.address: localhost\n');
    writeFileSync(path.join(folder, 'pom.xml'), '<project><properties><flink.version>1.13.1</flink.version></properties></project>\n');
    const edits: string[] = [];
    const client = new LspClient({
      'workspace/applyEdit': ({ edit }) => {
        edits.push(...edit.documentChanges.map((one: Json) => path.basename(new URL(one.textDocument.uri).pathname)));
        return { applied: true };
      },
    });
    await client.initialize({}, { workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'job' }] });
    await client.request('workspace/executeCommand', { command: 'logjam.setConfiguration', arguments: ['heartbeat.timeout', '90 s', ''] });
    await client.request('workspace/executeCommand', { command: 'logjam.upgradeFlink', arguments: ['FLINK-22946'] });
    assert.deepEqual(edits, ['flink-conf.yaml', 'pom.xml']);
    await client.stop();
  });

  it('say the lines where there is no configuration', async () => {
    const client = new LspClient();
    await client.initialize({}, { workspaceFolders: [] });
    await client.request('workspace/executeCommand', { command: 'logjam.setConfiguration', arguments: ['heartbeat.timeout', '90 s', ''] });
    const { message } = await client.notification('window/showMessage');
    assert.match(message, /The lines for it:(?:.|\n)*\nheartbeat\.timeout: 90 s/);
    await client.stop();
  });
});

describe('a folder that is checked, a ticket, a filtered log', () => {
  let folder: string;
  let client: LspClient;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-folder-'));
    for (const file of FILES) copyFileSync(path.join(DEMO, file), path.join(folder, path.basename(file)));
    writeFileSync(path.join(folder, 'notes.txt'), 'nothing that is known\n');
    client = new LspClient();
    await client.initialize({}, { workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'incident' }] });
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const here = (name: string) => pathToFileURL(path.join(folder, name)).href;

  it('tells what is found in each file though none is open', async () => {
    const checked = await client.request('logjam/checkFolder', { uri: pathToFileURL(folder).href });
    assert.equal(checked.files, FILES.length);
    assert.ok(checked.errors >= 2 && checked.warnings >= 2, JSON.stringify(checked));
    assert.deepEqual(checked.unread, []);
    for (const file of FILES) {
      const told = await client.notification<Published>('textDocument/publishDiagnostics', ({ uri }) => uri === here(path.basename(file)));
      assert.ok(told.diagnostics.length > 0, file);
    }
    assert.ok(!client.notifications.some(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === here('notes.txt')));
  });

  it('a ticket names the place and what to do', async () => {
    const text: string = await client.request('logjam/ticket', { uri: here('jobmanager.log') });
    assert.match(text, /^\*\*Out of memory: Java heap space\*\*\njobmanager\.log, line 185/);
    assert.ok(text.trimEnd().split('\n').length <= 10);
    assert.equal(await client.request('logjam/ticket', { uri: here('notes.txt') }), null);
  });

  it('numbers of a filtered log are links to its lines', async () => {
    const uri = await client.request('logjam/contentUri', { uri: here('jobmanager.log'), name: 'filtered', filter: { level: 'WARN' } });
    const { text } = await client.request('workspace/textDocumentContent', { uri });
    const lines: string[] = text.split('\n');
    assert.match(lines[0] ?? '', /^\d+ of 200 records of jobmanager\.log: level WARN or worse$/);
    const links = await client.request('textDocument/documentLink', { textDocument: { uri } });
    assert.ok(links.length > 0);
    assert.equal(links.length, lines.length - 3);
    const original = readFileSync(path.join(folder, 'jobmanager.log'), 'utf8').split('\n');
    for (const { range, target } of links) {
      const [, file, number] = /^(.*)#L(\d+)$/.exec(target) ?? [];
      assert.equal(file, here('jobmanager.log'));
      assert.equal((lines[range.start.line] ?? '').slice(range.end.character + 2), original[Number(number) - 1]);
    }
  });

  it('what is no filter is refused', async () => {
    await assert.rejects(client.request('logjam/contentUri', { uri: here('jobmanager.log'), name: 'filtered', filter: { level: 7 } }));
    const odd = contentUri({ uri: here('jobmanager.log'), name: 'filtered', filter: { level: 'NONE', thread: 'no such' } });
    assert.match((await client.request('workspace/textDocumentContent', { uri: odd })).text, /^0 of 200 records/);
  });
});
