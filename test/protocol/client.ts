// A bare JSON-RPC client over standard input and output, with nothing of VS Code in it: what any other editor does.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { OPENED } from '../../common/contracts.ts';
import { at } from '../../scripts/lib/paths.mjs';

// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire has whatever shape the method gives it; the tests assert it
export type Json = any;

type Params = unknown;

interface Message {
  jsonrpc: '2.0';
  id?: number | string;
  method?: string;
  params?: Params;
  result?: unknown;
  error?: { code: number; message: string };
}

class ResponseError extends Error {
  readonly code: number;
  constructor(method: string, error: { code: number; message: string }) {
    super(`${method}: ${error.message} (${error.code})`);
    this.code = error.code;
  }
}

export interface Published {
  uri: string;
  version?: number;
  diagnostics: { range: unknown; severity?: number; code?: string; message: string; relatedInformation?: unknown[] }[];
}

/** What the client answers when the server asks; by method. An Error is answered as one. */
export type Answers = Record<string, (params: Json) => unknown>;

const DEFAULT_ANSWERS: Answers = {
  'workspace/configuration': (params) => params.items.map(() => null),
  'client/registerCapability': () => null,
  'client/unregisterCapability': () => null,
  'window/workDoneProgress/create': () => null,
  'workspace/workspaceFolders': () => null,
};

export class LspClient {
  readonly notifications: { method: string; params: Json }[] = [];
  /** All that the server wrote to standard error. */
  stderr = '';
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: Answers;
  readonly #pending = new Map<number, { method: string; resolve: (value: Json) => void; reject: (error: Error) => void }>();
  readonly #waiters = new Set<() => void>();
  #buffer = Buffer.alloc(0);
  #nextId = 1;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;

  /** Of the server's process. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Starts `logjam lsp --stdio`, or another command line of node. */
  constructor(answers: Answers = {}, args: string[] = [at('dist/cli/logjam.js'), 'lsp', '--stdio'], env: NodeJS.ProcessEnv = process.env) {
    this.#answers = { ...DEFAULT_ANSWERS, ...answers };
    this.#child = spawn(process.execPath, args, { stdio: 'pipe', env });
    this.#child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    // A test that failed half-way and never called stop() must not keep mocha from ending.
    this.#child.unref();
    for (const stream of this.#child.stdio) if (stream instanceof Socket) stream.unref();
    const kill = () => this.#child.kill('SIGKILL');
    process.once('exit', kill);
    this.#child.once('exit', () => process.off('exit', kill));
    this.ended = new Promise((resolve) => {
      this.#child.on('exit', (code) => {
        for (const { method, reject } of this.#pending.values()) reject(new Error(`${method}: the server ended (${code})\n${this.stderr}`));
        this.#pending.clear();
        resolve(code);
      });
    });
  }

  /** initialize and initialized; answers with what the server says that it can do. */
  async initialize(
    capabilities: object = {},
    options: object = {},
  ): Promise<{ capabilities: Record<string, Json>; serverInfo?: { name: string; version?: string } }> {
    const result = await this.request('initialize', { processId: process.pid, rootUri: null, capabilities, ...options });
    this.notify('initialized', {});
    return result;
  }

  /** The person has opened or named files, folders or sets. */
  opened(...uris: string[]): void {
    this.notify(OPENED.method, { uris });
  }

  open(uri: string, languageId: string, text: string, version = 1): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  request<T = Json>(method: string, params?: Params): Promise<T> {
    return this.startRequest<T>(method, params).response;
  }

  /** A request together with its id, for $/cancelRequest. */
  startRequest<T = Json>(method: string, params?: Params): { id: number; response: Promise<T> } {
    const id = this.#nextId++;
    const response = new Promise<T>((resolve, reject) => this.#pending.set(id, { method, resolve, reject }));
    this.#send({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) });
    return { id, response };
  }

  notify(method: string, params?: Params): void {
    this.#send({ jsonrpc: '2.0', method, ...(params !== undefined && { params }) });
  }

  /** The first notification (also an earlier one) that satisfies the test. */
  async notification<T = Json>(method: string, test: (params: T) => boolean = () => true, timeout = 10_000): Promise<T> {
    const deadline = Date.now() + timeout;
    for (;;) {
      const found = this.notifications.find((one) => one.method === method && test(one.params));
      if (found !== undefined) return found.params;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`no ${method} within ${timeout} ms\n${this.stderr}`);
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          this.#waiters.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, left);
        this.#waiters.add(wake);
      });
    }
  }

  /** Diagnostics pushed for a document (of a version, when one is given). */
  diagnostics(uri: string, version?: number, timeout?: number): Promise<Published> {
    return this.notification<Published>(
      'textDocument/publishDiagnostics',
      (params) => params.uri === uri && (version === undefined || params.version === version),
      timeout,
    );
  }

  /** shutdown and exit; answers with the exit code of the server. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null) {
      await this.request('shutdown');
      this.notify('exit');
    }
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    const code = await this.ended;
    clearTimeout(timer);
    return code;
  }

  /** Bytes that are no message, or not quite. */
  raw(text: string): void {
    this.#child.stdin.write(text);
  }

  /** As when the editor is gone without a word. */
  closeInput(): void {
    this.#child.stdin.end();
  }

  #send(message: Message): void {
    const body = Buffer.from(JSON.stringify(message));
    this.#child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#child.stdin.write(body);
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const headerEnd = this.#buffer.indexOf('\r\n\r\n');
      if (headerEnd < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.toString('ascii', 0, headerEnd))?.[1]);
      const start = headerEnd + 4;
      if (!(this.#buffer.length >= start + length)) return;
      const message = JSON.parse(this.#buffer.toString('utf8', start, start + length)) as Message;
      this.#buffer = this.#buffer.subarray(start + length);
      this.#dispatch(message);
    }
  }

  #dispatch(message: Message): void {
    const { id, method, params } = message;
    if (method !== undefined && id !== undefined) {
      const answer = this.#answers[method];
      if (answer === undefined) this.#send({ jsonrpc: '2.0', id, error: { code: -32601, message: `${method} is not supported` } });
      else {
        const result = answer(params) ?? null;
        if (result instanceof Error) this.#send({ jsonrpc: '2.0', id, error: { code: -32000, message: result.message } });
        else this.#send({ jsonrpc: '2.0', id, result });
      }
    } else if (method !== undefined) {
      this.notifications.push({ method, params });
      for (const wake of [...this.#waiters]) wake();
    } else if (id !== undefined) {
      const request = this.#pending.get(Number(id));
      this.#pending.delete(Number(id));
      if (message.error !== undefined) request?.reject(new ResponseError(request.method, message.error));
      else request?.resolve(message.result);
    }
  }
}
