import { isSign, type Sign } from '../../../common/supervision.ts';
import type { Message } from './message.ts';

/** A thread with the analysis in it, wherever it runs. */
export interface Thread {
  send(message: Message | Sign): void;
  /** `onEnd` is told why when the thread ends by itself. */
  listen(onMessage: (message: Message | Sign) => void, onEnd: (why: string) => void): void;
  end(): void;
}

export interface LaneEvents {
  message(message: Message): void;
  /** It was asked whether it gives way. */
  pinged(): void;
  /** It has answered: what was sent to it until then is being worked on. */
  alive(): void;
  /** See {@link Sign}. */
  stopped(uri: string, limit: number): void;
  unread(uri: string): void;
  ended(why: string): void;
}

/** While something runs, it is asked so often whether it still gives way. In ms. */
const PING_EVERY = 50;
/** What is answered sooner was never in doubt: most of what is asked costs no question. In ms. */
const FIRST_PING = 10;

/** A thread and what is known of it: what it is at, since when it has not given way, which documents it has. */
export class Lane {
  /** Documents that were opened in it. */
  readonly opened = new Set<string>();
  /** What nobody waits for any more, and whether that was asked for. Forgotten once the thread has given way. */
  readonly unwanted = new Map<string, 'cancelled' | 'changed'>();
  /** The document, file or set that it is at, the seconds that this may take, and which version of what is open it reads. */
  at: { uri: string; limit: number; version?: number | undefined } | null = null;
  #ready = false;
  /** When the question was put that is not answered yet. */
  #asked: number | null = null;
  /** The question is put soon. */
  #doubting = false;
  #next: ReturnType<typeof setTimeout> | undefined;
  /** So many messages were sent to it. */
  #sent = 0;
  readonly #thread: Thread;
  readonly #events: LaneEvents;

  constructor(thread: Thread, events: LaneEvents) {
    this.#thread = thread;
    this.#events = events;
    thread.listen(
      (message) => (isSign(message) ? this.#heard(message) : events.message(message)),
      (why) => events.ended(why),
    );
  }

  send(message: Message): void {
    this.#sent++;
    this.#thread.send(message);
    this.#doubt();
  }

  /** Closes a document that was opened in it. */
  close(uri: string): void {
    if (this.opened.delete(uri)) this.send({ jsonrpc: '2.0', method: 'textDocument/didClose', params: { textDocument: { uri } } });
  }

  /** Milliseconds for which it has not given way; 0 while it starts. */
  get silentFor(): number {
    return this.#ready && this.#asked !== null ? performance.now() - this.#asked : 0;
  }

  /** Whether it was asked and has not answered, or will be asked. */
  get silent(): boolean {
    return this.#asked !== null || this.#doubting;
  }

  end(): void {
    clearTimeout(this.#next);
    this.#thread.end();
  }

  #doubt(): void {
    if (this.#asked !== null || this.#doubting) return;
    clearTimeout(this.#next);
    this.#doubting = true;
    this.#next = setTimeout(() => this.#ping(), FIRST_PING);
  }

  /** It has got all that was sent to it, and nothing runs: that says as much as an answer to the question. */
  #trust(): void {
    clearTimeout(this.#next);
    this.#doubting = false;
    this.unwanted.clear();
  }

  #ping(): void {
    if (this.#asked !== null) return;
    clearTimeout(this.#next);
    this.#doubting = false;
    this.#asked = performance.now();
    this.#thread.send({ sign: 'ping' });
    this.#events.pinged();
  }

  #heard(sign: Sign): void {
    switch (sign.sign) {
      case 'ready':
        this.#ready = true;
        if (this.#asked !== null) this.#asked = performance.now();
        return;
      case 'pong':
        this.#asked = null;
        this.unwanted.clear();
        if (this.at !== null) this.#next = setTimeout(() => this.#ping(), PING_EVERY);
        this.#events.alive();
        return;
      case 'at':
        this.at = sign.uri === null ? null : { uri: sign.uri, limit: sign.limit, version: sign.version };
        if (this.at !== null) this.#doubt();
        else if (sign.heard === this.#sent && this.#asked === null) this.#trust();
        return;
      case 'stopped':
        this.#events.stopped(sign.uri, sign.limit);
        return;
      case 'unread':
        this.#events.unread(sign.uri);
        return;
      default:
    }
  }
}
