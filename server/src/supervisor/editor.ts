import { STATUS, STOPPED } from '../../../common/contracts.ts';
import { baseName } from '../../../common/virtual.ts';
import { ERRORS, type Id, type Message } from './message.ts';
import { type Left, leftWords, STOPPED_WORDS } from './words.ts';

/** The id under which threads are told of the editor: none that an editor gives. */
const INTRODUCTION = 'logjam-initialize';

/** The editor's end of the connection. */
export interface Client {
  send(message: Message): void;
  /** Ends the process, or the worker of a browser. */
  exit(code: number): void;
  /** The client has said which process it is: where that is gone nobody needs this one. */
  watch(process: number): void;
}

/** What the supervisor says to the editor by itself, beside the messages that it passes on. */
export class Editor {
  readonly #client: Client;
  /** It is the extension of this product, which shows the state of the analysis. */
  #ours = false;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * What the editor says of itself, as threads get it: they need not watch over its process, their answer is passed on to
   * nobody, and it says what it can do, whatever it has left out.
   */
  introduced(message: Message): Message {
    const params = (message.params ?? {}) as { processId?: unknown; capabilities?: unknown; initializationOptions?: { status?: unknown } | null };
    this.#ours = params.initializationOptions?.status === true;
    if (typeof params.processId === 'number') this.#client.watch(params.processId);
    const capabilities = typeof params.capabilities === 'object' && params.capabilities !== null ? params.capabilities : {};
    return { ...message, id: INTRODUCTION, params: { ...params, capabilities, processId: null } };
  }

  send(message: Message): void {
    this.#client.send(message);
  }

  exit(code: number): void {
    this.#client.exit(code);
  }

  answer(id: Id, answer: { result: unknown } | { error: { code: number; message: string } }): void {
    this.#client.send({ jsonrpc: '2.0', id, ...answer });
  }

  /** What is no message of JSON-RPC, or not even JSON. */
  malformed(code: number = ERRORS.invalidRequest, message = 'This is no message of JSON-RPC 2.0.'): void {
    this.#client.send({ jsonrpc: '2.0', id: null, error: { code, message } });
  }

  publish(uri: string, version: number | undefined, diagnostics: unknown[]): void {
    const params = { uri, ...(version === undefined ? {} : { version }), diagnostics };
    this.#client.send({ jsonrpc: '2.0', method: 'textDocument/publishDiagnostics', params });
  }

  /** The state of a document, file or set that is left out from now on. */
  leftOut(uri: string, left: Left): void {
    const params = { uri, phase: 'cancelled', message: leftWords(left) };
    if (this.#ours) this.#client.send({ jsonrpc: '2.0', method: STATUS.method, params });
  }

  /** Nothing is started by itself any more; `left`: what was left out. */
  stopped(left: readonly string[]): void {
    const message = left.length === 0 ? STOPPED_WORDS : `${STOPPED_WORDS} Left out: ${left.map(baseName).join(', ')}.`;
    this.#client.send(
      this.#ours
        ? { jsonrpc: '2.0', method: STOPPED.method, params: { message } }
        : { jsonrpc: '2.0', method: 'window/showMessage', params: { type: 1, message: `Logjam: ${message}` } },
    );
  }
}

/** The one finding of a document that is left out. */
export function leftFinding(left: Left): unknown {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, severity: 2, source: 'logjam', code: 'analysis-stopped', message: leftWords(left) };
}
