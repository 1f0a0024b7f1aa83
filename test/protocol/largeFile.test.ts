// A file that no editor sends: its findings, outline, lines and search, plain and compressed.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ANALYSE_FILE, FIND_LINE, type FileAnalysis, type FoundLine, LINES, type Lines } from '../../common/contracts.ts';
import { LspClient } from './client.ts';

const LOG = fileURLToPath(new URL('../fixtures/flink/1.20.3/failing-sink/taskmanager.log', import.meta.url));

describe('large files over stdio', () => {
  let folder: string;
  let client: LspClient;
  const files: [name: string, uri: string][] = [];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-large-'));
    const packed = path.join(folder, 'taskmanager.log.gz');
    writeFileSync(packed, gzipSync(readFileSync(LOG)));
    files.push(['plain', pathToFileURL(LOG).href], ['compressed', pathToFileURL(packed).href]);
    for (const [name, mark] of [
      ['UTF-16 with a mark', '\uFEFF'],
      ['UTF-16 without one', ''],
    ] as const) {
      const wide = path.join(folder, `${name}.log`);
      writeFileSync(wide, Buffer.from(mark + readFileSync(LOG, 'utf8'), 'utf16le'));
      files.push([name, pathToFileURL(wide).href]);
    }
    client = new LspClient();
    await client.initialize();
    client.opened(pathToFileURL(folder).href, pathToFileURL(LOG).href);
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('give no lines when they are none of those that Logjam reads', async () => {
    const uri = pathToFileURL(path.join(folder, 'secret.txt')).href;
    writeFileSync(fileURLToPath(uri), 'user:secret\n'.repeat(10));
    assert.equal(await client.request<Lines | null>(LINES.method, { uri, from: 0, count: 20 }), null);
    const wanted = { uri, text: 'secret', matchCase: false, from: 0, backwards: false };
    assert.equal(await client.request<FoundLine | null>(FIND_LINE.method, wanted), null);
  });

  it('are analysed, read and searched the same, compressed or not, in any encoding', async () => {
    const text = readFileSync(LOG, 'utf8').split('\n');
    const answers: unknown[] = [];
    for (const [name, uri] of files) {
      const analysis = await client.request<FileAnalysis>(ANALYSE_FILE.method, { uri });
      assert.deepEqual(
        analysis.outline.map((item) => item.name),
        ['Failures', 'Tasks', 'Exceptions'],
        name,
      );
      const failure = analysis.outline[0]?.children[0];
      assert.match(text[failure?.line ?? -1] ?? '', /switched from RUNNING to FAILED/, name);
      assert.ok(analysis.contents.includes('relations'), name);
      const lines = await client.request<Lines>(LINES.method, { uri, from: 100, count: 20 });
      assert.deepEqual(lines.lines, text.slice(100, 120), name);
      assert.equal(lines.total, text.length, name);
      const found = await client.request<FoundLine>(FIND_LINE.method, { uri, text: 'to failed', matchCase: false, from: 0, backwards: false });
      assert.match(text[found.line] ?? '', /to FAILED/i, name);
      answers.push([analysis.findings, analysis.outline, found]);
    }
    for (const other of answers.slice(1)) assert.deepEqual(other, answers[0]);
  });
});
