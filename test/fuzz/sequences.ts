// What an editor may say, in any order and with any fault: documents that are opened, changed and closed as nobody would,
// requests that are cancelled, parameters that are none, bytes that are no message. Against the built server over stdio.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { contentUri, setUri } from '../../common/virtual.ts';
import { type Json, LspClient } from '../protocol/client.ts';
import { mutate } from './mutate.ts';
import type { Random } from './random.ts';

/** Characters of a document: more make for few steps. */
const MAX_TEXT = 30_000;
/** In ms; more than any limit of the server, on a busy machine. */
const ANSWER_WITHIN = 60_000;
/** Bytes that the server may grow by in the second half of a run. */
const GROWTH = 256 << 20;

const LANGUAGES = ['java-threaddump', 'flink-log', 'gc-log', 'json', 'java', 'plaintext', 'no-such-language', ''];
const METHODS = [
  'hover', 'definition', 'references', 'documentHighlight', 'documentSymbol', 'foldingRange', 'codeLens', 'inlayHint', 'documentLink', 'codeAction',
  'semanticTokens/full', 'semanticTokens/range', 'completion', 'rename',
].map((name) => `textDocument/${name}`); // biome-ignore format: a list
const OWN = ['analysis', 'look', 'graph', 'diffGraph', 'nodeAt', 'document', 'contentUri', 'analyseFile', 'lines', 'findLine', 'nothing'].map(
  (name) => `logjam/${name}`,
);
const VIEWS = ['lock-wait', 'job', 'scopes', 'calls', 'report', 'none', 7];
const NOTES = [
  'logjam/cancel',
  'logjam/close',
  'logjam/opened',
  'workspace/didChangeConfiguration',
  'workspace/didChangeWorkspaceFolders',
  '$/setTrace',
  '$/none',
  'none',
];
const RAW = [
  '{"jsonrpc":"2.0","method":"x"}\r\n', 'Content-Length: many\r\n\r\n{}', 'Content-Length: 3\r\n\r\n{}}', 'Content-Length: 7\r\n\r\nno json', '\r\n\r\n', 'x'.repeat(9000),
  ...['null', '[]', '{}', '{"id":[]}', '{"id":1,"method":7}', '{"jsonrpc":"2.0","id":"a","result":1}', '{"jsonrpc":"2.0","method":"textDocument/didOpen"}'].map(
    (json) => `Content-Length: ${json.length}\r\n\r\n${json}`,
  ),
]; // biome-ignore format: a list

interface Texts {
  name: string;
  text: string;
}

/** Bytes of memory that a process holds; null where the system does not say. */
function memoryOf(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null;
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
}

/** @throws when a request is not answered, the server dies, does not end when it is asked to, or keeps growing */
export async function sequence(random: Random, fixtures: readonly Texts[], steps: number): Promise<void> {
  // The client keeps no process from ending.
  const alive = setInterval(() => undefined, 1000);
  const client = new LspClient();
  await client.initialize({}, { initializationOptions: { status: true } });
  const uris = ['file:///a.txt', 'file:///b.log', 'file:///c.json', 'file:///D.java', 'untitled:e', 'file:///f%20g.txt'];
  const open = new Map<string, number>();
  const waiting = new Set<Promise<unknown>>();
  const said: string[] = [];
  const text = (): string =>
    mutate(random.pick(fixtures).text.slice(0, MAX_TEXT), random, random.pick(fixtures).text.slice(0, MAX_TEXT)).text.slice(0, MAX_TEXT);
  const number = (): unknown => random.pick([0, 1, 3, 50, 100_000, -1, 0.5, 1e300, null, 'x']);
  const position = (): Json => ({ line: number(), character: number() });
  const uri = (): Json => {
    const one = random.pick(uris);
    if (random.next() < 0.7) return one;
    return random.pick([
      contentUri({ uri: one, name: 'report' }),
      setUri([one, random.pick(uris)]),
      'logjam:/x?%7B%7D',
      'file:///etc/passwd',
      '',
      7,
      null,
      {},
      `${one}?x`,
    ]);
  };
  const range = (): Json => ({ start: position(), end: position() });
  /** Now and then parameters that are none. */
  const spoiled = (params: Json): Json => {
    if (random.next() < 0.85) return params;
    return random.next() < 0.1 ? undefined : random.pick([null, 7, 'x', [], [params], {}, { textDocument: null }, { textDocument: {} }]);
  };

  const ask = (method: string, params: Json): void => {
    const { id, response } = client.startRequest(method, spoiled(params));
    const answered = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method} was not answered`)), ANSWER_WITHIN);
      const end = (error?: unknown): void => {
        clearTimeout(timer);
        waiting.delete(answered);
        if (error instanceof Error && /the server ended/.test(error.message)) reject(error);
        else resolve();
      };
      response.then(() => end(), end);
    });
    waiting.add(answered);
    answered.catch(() => undefined);
    if (random.next() < 0.3) client.notify('$/cancelRequest', { id: random.next() < 0.8 ? id : random.pick([-1, 'x', null]) });
  };
  const ACTS: Record<string, () => void> = {
    open() {
      const at = random.pick(uris);
      open.set(at, 1);
      client.notify('textDocument/didOpen', spoiled({ textDocument: { uri: at, languageId: random.pick(LANGUAGES), version: 1, text: text() } }));
    },
    change() {
      const at = random.pick(uris);
      const version = (open.get(at) ?? 0) + random.pick([1, 1, 1, 0, -3]);
      open.set(at, version);
      const edit = random.next() < 0.5 ? { text: text().slice(0, 3000) } : { range: range(), text: text().slice(0, 200) };
      client.notify('textDocument/didChange', spoiled({ textDocument: { uri: at, version }, contentChanges: [edit] }));
    },
    close() {
      const at = random.pick(uris);
      open.delete(at);
      client.notify('textDocument/didClose', spoiled({ textDocument: { uri: at } }));
    },
    ask: () =>
      ask(random.pick(METHODS), {
        textDocument: { uri: uri() },
        position: position(),
        range: range(),
        context: { diagnostics: [], includeDeclaration: true },
      }),
    own: () =>
      ask(random.pick(OWN), {
        uri: uri(), other: uri(), view: random.pick(VIEWS), name: random.pick(['report', 'timeline', 'icicle', 'simulation', 'text', 'comparison', 7]),
        position: position(), from: number(), count: number(), text: 'a', matchCase: false, backwards: random.next() < 0.5,
      }), // biome-ignore format: a row
    content: () => ask('workspace/textDocumentContent', { uri: uri() }),
    command: () =>
      ask('workspace/executeCommand', {
        command: random.pick(['logjam.fixFromDump', 'logjam.upgradeFlink', 'logjam.setConfiguration', 'none']),
        arguments: [uri(), 'x', 'y'],
      }),
    note: () =>
      client.notify(
        random.pick(NOTES),
        spoiled({ uri: uri(), uris: [uri()], settings: {}, event: { added: [{ uri: uri(), name: 'x' }], removed: [] } }),
      ),
    raw: () => client.raw(random.pick(RAW)),
    wait: () => undefined,
  };
  let middle: number | null = null;
  try {
    for (let step = 0; step < steps; step++) {
      const act = random.pick(Object.keys(ACTS));
      said.push(act);
      ACTS[act]?.();
      if (act === 'wait' || waiting.size > 40) await Promise.all(waiting);
      if (step === steps >> 1) {
        await Promise.all(waiting);
        middle = memoryOf(client.pid);
      }
    }
    await Promise.all(waiting);
    // Behind all of it, it answers.
    client.notify('textDocument/didOpen', { textDocument: { uri: 'file:///end.txt', languageId: 'plaintext', version: 1, text: 'nothing' } });
    assert.equal((await client.request('logjam/analysis', { uri: 'file:///end.txt' })).kind, 'unknown');
    const last = memoryOf(client.pid);
    if (middle !== null && last !== null) assert.ok(last < middle + GROWTH, `memory grew from ${middle} to ${last} bytes`);
    assert.equal(await client.stop(), 0);
  } catch (error) {
    throw new Error(
      `after ${said.length} steps (…${said.slice(-8).join(', ')}): ${error instanceof Error ? error.message : String(error)}\n${client.stderr.slice(-2000)}`,
    );
  } finally {
    clearInterval(alive);
  }
}
