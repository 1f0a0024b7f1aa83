// What is done with work that nobody waits for any more, on a clock of the test's own and with threads that never give way.
import assert from 'node:assert/strict';
import { type Mock, mock } from 'node:test';
import type { Sign } from '../../../common/supervision.ts';
import type { Message } from '../../../server/src/supervisor/message.ts';
import { Supervisor } from '../../../server/src/supervisor/supervisor.ts';

const FOLDER = 'file:///incident';
const FILE = `${FOLDER}/long.log`;
const LIMIT = 30;

interface Worker {
  sent: (Message | Sign)[];
  ended: boolean;
  /** What the thread says. */
  say(message: Message | Sign): void;
}

describe('supervisor: work that nobody waits for', () => {
  let now: number;
  let clock: Mock<() => number>;
  let answers: Message[];
  let workers: Worker[];
  let supervisor: Supervisor;

  beforeEach(() => {
    now = 0;
    clock = mock.method(performance, 'now', () => now);
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    answers = [];
    workers = [];
    const client = { send: (message: Message) => void answers.push(message), exit: () => undefined, watch: () => undefined };
    supervisor = new Supervisor(client, () => {
      const worker: Worker = { sent: [], ended: false, say: () => undefined };
      workers.push(worker);
      return {
        send: (message) => void worker.sent.push(message),
        listen: (hear) => {
          worker.say = hear;
        },
        end: () => {
          worker.ended = true;
        },
      };
    });
    ask(0, 'initialize', { processId: null, capabilities: {}, workspaceFolders: [{ uri: FOLDER, name: 'incident' }] });
    worker(0).say({ sign: 'ready' });
    worker(0).say({ jsonrpc: '2.0', id: 0, result: {} });
    worker(0).say({ sign: 'pong' });
    answers = [];
  });

  afterEach(() => {
    mock.timers.reset();
    clock.mock.restore();
  });

  function pass(time: number): void {
    for (const until = now + time; now < until; ) {
      now++;
      mock.timers.tick(1);
    }
  }

  const ask = (id: number, method: string, params: object) => supervisor.fromClient({ jsonrpc: '2.0', id, method, params });
  const tell = (method: string, params: object) => supervisor.fromClient({ jsonrpc: '2.0', method, params });
  const worker = (at: number): Worker => workers[at] ?? assert.fail(`no thread ${at}`);
  const answersTo = (id: number) => answers.filter((answer) => answer.id === id);

  /** Asks for the file, and the thread is at it from now on. */
  function begin(method: string): void {
    ask(1, method, { uri: FILE });
    worker(0).say({ sign: 'at', uri: FILE, limit: LIMIT });
  }

  function cancel(id: number): void {
    tell('$/cancelRequest', { id });
    for (let waited = 0; answersTo(id).length === 0 && waited < 200; waited++) pass(1);
    assert.equal(answersTo(id)[0]?.error?.code, -32800);
  }

  it('ends a thread that does not give way', () => {
    begin('logjam/analysis');
    cancel(1);
    pass(100);
    assert.ok(worker(0).ended);
  });

  for (const method of ['logjam/analysis', 'logjam/analyseFile'])
    it(`goes on for whoever asks after the last one has gone: ${method}`, () => {
      begin(method);
      cancel(1);
      ask(2, method, { uri: FILE });
      pass(150);
      assert.deepEqual(answersTo(2), []);
      assert.ok(!worker(0).ended);
      worker(0).say({ jsonrpc: '2.0', id: 2, result: 'of the thread' });
      assert.deepEqual(answersTo(2), [{ jsonrpc: '2.0', id: 2, result: 'of the thread' }]);
    });

  it('ends a thread when whoever has asked again goes too', () => {
    begin('logjam/analysis');
    cancel(1);
    ask(2, 'logjam/analysis', { uri: FILE });
    cancel(2);
    pass(100);
    assert.ok(worker(0).ended);
  });

  it('an open document stays stopped until it is asked for by name', () => {
    tell('textDocument/didOpen', { textDocument: { uri: FILE, languageId: 'flink-log', version: 1, text: 'one' } });
    begin('logjam/analysis');
    tell('logjam/cancel', { uri: FILE });
    ask(2, 'textDocument/hover', { textDocument: { uri: FILE }, position: { line: 0, character: 0 } });
    pass(100);
    assert.ok(worker(0).ended);
    assert.deepEqual(answersTo(2), [{ jsonrpc: '2.0', id: 2, result: null }]);
  });

  it('a document that has changed meanwhile is begun anew', () => {
    tell('textDocument/didOpen', { textDocument: { uri: FILE, languageId: 'flink-log', version: 1, text: 'one' } });
    begin('logjam/analysis');
    tell('textDocument/didChange', { textDocument: { uri: FILE, version: 2 }, contentChanges: [{ text: 'two' }] });
    ask(2, 'logjam/analysis', { uri: FILE });
    pass(100);
    assert.ok(worker(0).ended);
    assert.deepEqual(answersTo(2), []);
    assert.ok(worker(1).sent.some((message) => 'id' in message && message.id === 2));
  });
});
