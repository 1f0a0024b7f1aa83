// A server that is used for long: thousands of edits and of documents that come and go leave nothing behind and no stale answer.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ANALYSE_FILE, ANALYSIS, FIND_LINE, INCIDENT, LINES, LOOK } from '../../common/contracts.ts';
import { at } from '../../scripts/lib/paths.mjs';
import { LspClient } from './client.ts';

const DUMP = readFileSync(at('test/fixtures/dumps/mixed-jdk17.jstack.txt'), 'utf8');
const LOG = readFileSync(at('test/fixtures/flink/1.20.3/failing-sink/taskmanager.log'), 'utf8');
/** What may still be growing of a server that has run for a while, in MB; what is opened below is several times of it. */
const GROWTH = 150;

/** Megabytes of memory of a process; null where the system does not say. */
function memoryOf(pid: number | undefined): number | null {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1]) / 1024;
}

function assertNoGrowth(before: number | null, after: number | null): void {
  if (before !== null && after !== null) assert.ok(after - before < GROWTH, `from ${Math.round(before)} to ${Math.round(after)} MB`);
}

describe('a server that runs for long', function () {
  this.timeout(300_000);
  let client: LspClient;

  beforeEach(async () => {
    client = new LspClient();
    await client.initialize();
  });
  afterEach(() => client.stop());

  it('answers from the last of 1,000 edits', async () => {
    const uri = 'file:///edited.txt';
    let lines = DUMP.split('\n');
    client.open(uri, 'java-threaddump', DUMP);
    await client.diagnostics(uri, 1);
    for (let version = 2; version <= 1001; version++) {
      // A line comes in the middle, another one goes, and now and then the client does not wait for anything.
      const line = (version * 7) % Math.max(1, lines.length - 1);
      const gone = version % 2 === 0;
      const [range, text] = gone
        ? [{ start: { line, character: 0 }, end: { line, character: 0 } }, `${lines[line]}\n`]
        : [{ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, ''];
      lines = gone ? [...lines.slice(0, line), lines[line] as string, ...lines.slice(line)] : [...lines.slice(0, line), ...lines.slice(line + 1)];
      client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range, text }] });
      if (version % 50 === 0) await client.diagnostics(uri, version, 60_000);
    }
    const { diagnostics } = await client.diagnostics(uri, 1001, 60_000);
    const fresh = 'file:///fresh.txt';
    client.open(fresh, 'java-threaddump', lines.join('\n'));
    const asNew = await client.diagnostics(fresh, 1, 60_000);
    const bare = (found: typeof diagnostics) => found.map(({ range, code, message }) => ({ range, code, message }));
    assert.deepEqual(bare(diagnostics), bare(asNew.diagnostics));
    for (let line = 0; line < lines.length; line += 25) {
      const position = { line, character: 10 };
      assert.deepEqual(
        await client.request('textDocument/hover', { textDocument: { uri }, position }),
        await client.request('textDocument/hover', { textDocument: { uri: fresh }, position }),
      );
    }
  });

  it('keeps nothing of 2,000 documents that came and went', async () => {
    /** Small ones, and large ones whose text is shared between threads. */
    const textOf = (number: number) => (number % 8 === 0 ? `${LOG.repeat(2).slice(0, 200_000)}${number}` : `${DUMP}${number}`);
    let before: number | null = null;
    for (let number = 0; number < 2000; number++) {
      const uri = `file:///come-and-gone-${number}.txt`;
      client.open(uri, number % 8 === 0 ? 'flink-log' : 'java-threaddump', textOf(number));
      if (number % 20 === 0) await client.diagnostics(uri, 1, 60_000);
      client.notify('textDocument/didClose', { textDocument: { uri } });
      if (number === 400) before = memoryOf(client.pid);
      client.notifications.length = 0;
    }
    const uri = 'file:///last.txt';
    client.open(uri, 'java-threaddump', DUMP);
    assert.ok((await client.diagnostics(uri, 1, 60_000)).diagnostics.length > 0);
    assert.equal(
      await client.request('textDocument/hover', { textDocument: { uri: 'file:///come-and-gone-3.txt' }, position: { line: 3, character: 2 } }),
      null,
    );
    assertNoGrowth(before, memoryOf(client.pid));
  });
});

describe('files that go while they are asked for', () => {
  let folder: string;
  let client: LspClient;
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
  const requests = (uri: string): [method: string, params: object][] => [
    [ANALYSIS.method, { uri }],
    [LOOK.method, { uri }],
    [ANALYSE_FILE.method, { uri }],
    [LINES.method, { uri, from: 0, count: 5 }],
    [FIND_LINE.method, { uri, text: 'x', matchCase: false, from: 0, backwards: false }],
    ['logjam/graph', { uri, view: 'lock-wait' }],
    ['logjam/document', { uri, name: 'timeline' }],
    ['textDocument/hover', { textDocument: { uri }, position: { line: 3, character: 2 } }],
    ['textDocument/codeLens', { textDocument: { uri } }],
  ];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-gone-'));
    client = new LspClient();
    await client.initialize({}, { workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'gone' }] });
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What lies where a file was. */
  const INSTEAD: [name: string, put: (file: string) => void][] = [
    ['nothing', () => undefined],
    ['a folder', (file) => mkdirSync(file)],
    ['a link to itself', (file) => symlinkSync(file, file)],
    ['a link to nothing', (file) => symlinkSync(`${file}.none`, file)],
    ['a device', (file) => symlinkSync('/dev/zero', file)],
    ['an empty file', (file) => writeFileSync(file, '')],
  ];

  for (const [instead, put] of INSTEAD) {
    it(`are answered for, and others go on: ${instead}`, async () => {
      const name = `${instead.replaceAll(' ', '-')}.log`;
      writeFileSync(path.join(folder, name), LOG);
      writeFileSync(path.join(folder, 'stays.log'), LOG);
      assert.equal((await client.request(ANALYSIS.method, { uri: uriOf(name) })).kind, 'flink-log');
      rmSync(path.join(folder, name));
      put(path.join(folder, name));
      // All at once, and each is answered: with nothing, with a word, or with what was read before.
      const answers = await Promise.all(requests(uriOf(name)).map(([method, params]) => client.request(method, params).then(() => method)));
      assert.equal(answers.length, requests('').length);
      const { error } = await client.request(ANALYSE_FILE.method, { uri: uriOf(name) });
      assert.equal(typeof error, 'string');
      const page = await client.request(INCIDENT.method, { uri: pathToFileURL(folder).href });
      assert.ok(page.incident.coverage.read.some(({ source }: { source: string }) => source.includes('stays.log')));
      assert.equal((await client.request(ANALYSIS.method, { uri: uriOf('stays.log') })).kind, 'flink-log');
      rmSync(path.join(folder, name), { recursive: true, force: true });
    });
  }

  it('are read from the editor while it has them open', async () => {
    const uri = uriOf('open.log');
    writeFileSync(path.join(folder, 'open.log'), LOG);
    client.open(uri, 'flink-log', LOG);
    await client.diagnostics(uri, 1);
    rmSync(path.join(folder, 'open.log'));
    assert.equal((await client.request(ANALYSIS.method, { uri })).kind, 'flink-log');
    client.notify('textDocument/didClose', { textDocument: { uri } });
    assert.equal(await client.request(ANALYSIS.method, { uri }), null);
  });
});
