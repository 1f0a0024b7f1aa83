// What an editor gets whose person reads Chinese: the variable is how the extension of VS Code says so.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/lib/paths.mjs';
import { type Json, LspClient } from './client.ts';

const URI = 'file:///somewhere/ticket';
const TEXT = readFileSync(at('test/fixtures/dumps/packed/flink-22946-jira.txt'), 'utf8');

describe('a server in Chinese', () => {
  let client: LspClient;
  const ask = (method: string, more: object = {}): Promise<Json> => client.request(method, { textDocument: { uri: URI }, ...more });
  const positionOf = (part: string): { line: number; character: number } => {
    const before = TEXT.slice(0, TEXT.indexOf(part)).split('\n');
    return { line: before.length - 1, character: (before.at(-1) as string).length };
  };

  before(async () => {
    client = new LspClient({}, [at('dist/cli/logjam.js'), 'lsp', '--stdio'], { ...process.env, LOGJAM_LANGUAGE: 'zh-cn' });
    await client.initialize();
    client.open(URI, 'text', TEXT);
  });
  after(() => client.stop());

  it('publishes findings in Chinese, under the codes that they have in English', async () => {
    const { diagnostics } = await client.diagnostics(URI);
    assert.deepEqual(diagnostics.map(({ code }) => code).sort(), ['deadlock', 'known-issue']);
    const [deadlock, issue] = ['deadlock', 'known-issue'].map((code) => diagnostics.find((one) => one.code === code));
    assert.match(deadlock?.message ?? '', /个线程的死锁：".*互相等待/);
    assert.match(issue?.message ?? '', /FLINK-22946：两个通道之间的网络缓冲死锁/);
  });

  it('explains a lock, shows lenses and an outline in Chinese', async () => {
    const hover = await ask('textDocument/hover', { position: positionOf('0x00000007296dfa90') });
    assert.match(JSON.stringify(hover), /死锁/);
    const lenses: Json[] = await ask('textDocument/codeLens');
    assert.ok(lenses.some(({ command }) => /2 个线程的死锁/.test(command.title)));
    assert.match(JSON.stringify(await ask('textDocument/documentSymbol')), /线程转储/);
  });
});
