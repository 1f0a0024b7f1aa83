// The server always answers: whatever a document does to the analysis, whatever a client says.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { ANALYSE_FILE, ANALYSIS, CANCEL, RESTART, STOPPED } from '../../common/contracts.ts';
import { at } from '../../scripts/lib/paths.mjs';
import { type Answers, type Json, LspClient } from './client.ts';

const DUMP = `2024-01-02 03:04:05
Full thread dump OpenJDK 64-Bit Server VM (11.0.20+8 mixed mode):

"main" #1 prio=5 os_prio=0 tid=0x1 nid=0x1 waiting on condition [0x00007f]
   java.lang.Thread.State: TIMED_WAITING (sleeping)
\tat java.lang.Thread.sleep(java.base@11.0.20/Native Method)

`;
const STUCK = `${DUMP}SPIN-FOREVER\n`;
/** Holds the thread up, and comes to an end. */
const slow = (number: number) => `${DUMP}SLOW-WORK-${number}\n`;
const HOSTILE = ['--require', at('test/protocol/hostile.cjs'), at('dist/cli/logjam.js'), 'lsp', '--stdio'];
const position = { line: 3, character: 2 };

const hostile = (answers: Answers = {}) => new LspClient(answers, HOSTILE);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const limited: Answers = { 'workspace/configuration': (params) => params.items.map(() => ({ analysis: { timeLimit: 1 } })) };
const hover = (client: LspClient, uri: string) => client.request('textDocument/hover', { textDocument: { uri }, position });
const change = (client: LspClient, uri: string, text: string) =>
  client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text }] });

/** How many times longer work takes than it would on a machine that does nothing else. */
function contention(): number {
  const [start, used] = [performance.now(), process.cpuUsage()];
  const cpu = () => (({ user, system }) => (user + system) / 1000)(process.cpuUsage(used));
  while (cpu() < 60);
  return Math.max(1, (performance.now() - start) / cpu());
}

/** Diagnostics of a document that came behind those that are there already. */
async function told(client: LspClient, uri: string, act: () => void): Promise<Json[]> {
  const before = client.notifications.length;
  act();
  const found = await client.notification<Json>(
    'textDocument/publishDiagnostics',
    (params) => params.uri === uri && client.notifications.findIndex((one) => one.params === params) >= before,
    20_000,
  );
  return found.diagnostics;
}

describe('a document that the analysis does not come to an end with', () => {
  it('holds up no other one, and is left out when it is cancelled', async () => {
    const client = hostile();
    await client.initialize();
    const rounds: number[] = [];
    client.open('file:///fine.txt', 'java-threaddump', DUMP);
    await client.diagnostics('file:///fine.txt');
    // On a busy machine the thread that stands in takes longer to begin: it gets more time from round to round.
    for (let round = 1; round <= 3 || (round <= 6 && Math.min(...rounds) >= 200); round++) {
      const uri = `file:///stuck-${round}.txt`;
      client.open(uri, 'java-threaddump', STUCK);
      await sleep(600 * round);
      const diagnostics = await told(client, uri, () => client.notify(CANCEL.method, { uri }));
      const start = performance.now();
      assert.notEqual(await hover(client, 'file:///fine.txt'), null);
      rounds.push((performance.now() - start) / contention());
      assert.deepEqual(
        diagnostics.map(({ code }) => code),
        ['analysis-stopped'],
      );
      assert.equal(await hover(client, uri), null);
    }
    assert.ok(Math.min(...rounds) < 200, `hovers after ${rounds.map(Math.round).join(', ')} ms`);
    assert.equal(await client.stop(), 0);
  });

  it('is served beside: another document is hovered over, opened and changed meanwhile', async () => {
    const client = hostile();
    await client.initialize();
    client.open('file:///fine.txt', 'java-threaddump', DUMP);
    client.open('file:///stuck.txt', 'java-threaddump', STUCK);
    assert.notEqual(await hover(client, 'file:///fine.txt'), null);
    client.open('file:///later.txt', 'java-threaddump', DUMP);
    assert.deepEqual((await client.diagnostics('file:///later.txt', 1)).diagnostics, []);
    change(client, 'file:///later.txt', 'nothing');
    assert.equal((await client.diagnostics('file:///later.txt', 2)).diagnostics.length, 1);
    assert.equal(await hover(client, 'file:///later.txt'), null);
    await client.stop();
  });

  it('is not given to the stand-in, neither now nor later', async () => {
    const client = hostile();
    await client.initialize();
    client.open('file:///fine.txt', 'java-threaddump', DUMP);
    await client.diagnostics('file:///fine.txt');
    // The stand-in would be as slow with the first one again.
    client.open('file:///slow-1.txt', 'java-threaddump', slow(1));
    await client.diagnostics('file:///slow-1.txt');
    client.open('file:///slow-2.txt', 'java-threaddump', slow(2));
    await sleep(300);
    const { response } = client.startRequest('textDocument/hover', { textDocument: { uri: 'file:///slow-2.txt' }, position });
    const first = await Promise.race([response.then(() => 'slow'), hover(client, 'file:///fine.txt').then(() => 'fine')]);
    assert.equal(first, 'fine');
    await response;
    await client.stop();
  });

  it('is stopped at the limit with one problem, and read again when it changes', async () => {
    const client = hostile(limited);
    await client.initialize({ workspace: { configuration: true } });
    const uri = 'file:///stuck.txt';
    const diagnostics = await told(client, uri, () => client.open(uri, 'java-threaddump', STUCK));
    assert.equal(diagnostics.length, 1);
    assert.match(diagnostics[0].message, /^The analysis took too long and was stopped after \d+ s\./);
    assert.equal(await hover(client, uri), null);
    assert.match((await client.request(ANALYSIS.method, { uri })).problem, /took too long/);
    assert.deepEqual(await told(client, uri, () => change(client, uri, DUMP)), []);
    assert.notEqual(await hover(client, uri), null);
    await client.stop();
  });

  it('is ended when it is closed or changed', async () => {
    const client = hostile();
    await client.initialize();
    const uri = 'file:///stuck.txt';
    client.open(uri, 'java-threaddump', STUCK);
    await sleep(300);
    assert.deepEqual(await told(client, uri, () => change(client, uri, DUMP)), []);
    assert.notEqual(await hover(client, uri), null);
    client.open('file:///other.txt', 'java-threaddump', STUCK);
    await sleep(300);
    client.notify('textDocument/didClose', { textDocument: { uri: 'file:///other.txt' } });
    assert.notEqual(await hover(client, uri), null);
    await client.stop();
  });

  it('does not keep a cancelled request from being answered', async () => {
    const client = hostile();
    await client.initialize();
    client.open('file:///stuck.txt', 'java-threaddump', STUCK);
    const { id, response } = client.startRequest('textDocument/hover', { textDocument: { uri: 'file:///stuck.txt' }, position });
    await sleep(100);
    client.notify('$/cancelRequest', { id });
    await assert.rejects(response, { code: -32800 });
    await client.stop();
  });

  it('does not keep the server when its client is gone', async () => {
    const client = hostile();
    await client.initialize();
    client.open('file:///stuck.txt', 'java-threaddump', STUCK);
    await sleep(100);
    client.closeInput();
    assert.equal(await Promise.race([client.ended, sleep(5000).then(() => 'still there')]), 1);
  });
});

describe('a document that ends the analysis', () => {
  it('is named and left out; the fifth death is said, and Restart begins anew', async () => {
    const client = hostile();
    await client.initialize({}, { initializationOptions: { status: true } });
    client.open('file:///fine.txt', 'java-threaddump', DUMP);
    for (const number of [1, 2, 3, 4, 5]) {
      const uri = `file:///deadly-${number}.txt`;
      const diagnostics = await told(client, uri, () => client.open(uri, 'java-threaddump', `${DUMP}END-THE-THREAD\n`));
      assert.match(diagnostics[0].message, /ended the process that it ran in \(exit code 7\)/);
      if (number < 5) assert.notEqual(await hover(client, 'file:///fine.txt'), null);
    }
    const { message } = await client.notification<Json>(STOPPED.method);
    assert.match(message, /ended five times.*deadly-1\.txt, .*deadly-5\.txt/);
    assert.equal(await hover(client, 'file:///fine.txt'), null);
    assert.match((await client.request(ANALYSE_FILE.method, { uri: 'file:///fine.txt' })).error, /ended five times/);
    for (const number of [1, 2, 3, 4, 5]) client.notify('textDocument/didClose', { textDocument: { uri: `file:///deadly-${number}.txt` } });
    client.notify(RESTART.method, {});
    assert.notEqual(await hover(client, 'file:///fine.txt'), null);
    assert.equal(await client.stop(), 0);
  });
});

describe('a client that does not keep to the protocol', () => {
  const answers = async (client: LspClient): Promise<void> => {
    client.open('file:///fine.txt', 'java-threaddump', DUMP);
    assert.notEqual(await hover(client, 'file:///fine.txt'), null);
    client.notify('textDocument/didClose', { textDocument: { uri: 'file:///fine.txt' } });
  };

  it('is answered again behind whatever is no message', async () => {
    const client = new LspClient();
    await client.initialize();
    const body = '{"jsonrpc":"2.0","method":"x"}';
    const broken = `{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///broken.txt","languageId":"java-threaddump","version":1,"text":"${'x"y'.repeat(40_000)}"}}}`;
    for (const text of [
      `Content-Length: ${broken.length}\r\n\r\n${broken}`,
      `${body}\r\n`,
      `\r\n\r\n${body}`,
      `Content-Type: x\r\n\r\n${body}`,
      `Content-Length: many\r\n\r\n${body}`,
      `Content-Length: 5\r\n\r\n${body}`,
      `Content-Length: 999999999\r\n\r\n${body}`,
      `Content-Length: -3\r\n\r\n`,
      `Content-Length: 7\r\n\r\nno json`,
      'x'.repeat(100_000),
      ...['null', '[]', '5', '"text"', '{}', '{"id":[]}', '{"id":1,"method":7}', '{"jsonrpc":"2.0","method":"textDocument/didOpen"}'].map(
        (json) => `Content-Length: ${json.length}\r\n\r\n${json}`,
      ),
    ]) {
      client.raw(text);
      await answers(client);
    }
    assert.equal(await client.stop(), 0);
  });

  it('may say anything of itself', async () => {
    for (const params of [
      undefined,
      null,
      [],
      {},
      { capabilities: null, workspaceFolders: [null, 5, { uri: 7 }], initializationOptions: 'none', processId: 'x' },
      { capabilities: { workspace: 5, textDocument: [] }, workspaceFolders: 'file:///x', initializationOptions: null },
    ]) {
      const client = new LspClient();
      assert.notEqual((await client.request('initialize', params)).capabilities, undefined);
      await answers(client);
      assert.equal(await client.stop(), 0);
    }
  });

  it('may answer with errors whatever it is asked', async () => {
    const refuses = () => new Error('no');
    const client = new LspClient({
      'workspace/configuration': refuses,
      'window/showMessageRequest': refuses,
      'window/showDocument': refuses,
      'workspace/applyEdit': refuses,
      'logjam/findFiles': refuses,
      'logjam/findSource': refuses,
      'logjam/readFile': refuses,
      'logjam/statFile': refuses,
      'logjam/listFiles': refuses,
    });
    await client.initialize({ workspace: { configuration: true } }, { initializationOptions: { findSource: true, findFiles: true, status: true } });
    for (const [command, ...args] of [
      ['logjam.fixFromDump', 'file:///fine.txt', 'none'],
      ['logjam.upgradeFlink', 'FLINK-22946'],
      ['logjam.setConfiguration', 'a', 'b', 'c'],
      ['logjam.none'],
    ])
      await client.request('workspace/executeCommand', { command, arguments: args }).catch(() => undefined);
    await answers(client);
    assert.equal(await client.stop(), 0);
  });

  it('is not outlived', async () => {
    const editor = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const client = new LspClient();
    await client.initialize({}, { processId: editor.pid });
    editor.kill('SIGKILL');
    assert.equal(await Promise.race([client.ended, sleep(5000).then(() => 'still there')]), 1);
  });
});
