import type { Editor } from './editor.ts';
import type { Lane } from './lane.ts';
import type { Id, Message } from './message.ts';

/** A request of the client that waits for its answer from one of the threads. */
export interface Pending {
  message: Message & { id: Id; method: string };
  /** The document, file or set that it is about. */
  subject: string | null;
  lanes: Set<Lane>;
}

/** The requests of the client that wait. Each is answered once. */
export class Requests {
  readonly #editor: Editor;
  readonly #pending = new Map<Id, Pending>();

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** Those that wait now: what is done with one may change them. */
  get all(): Pending[] {
    return [...this.#pending.values()];
  }

  about(subject: string): Pending[] {
    return this.all.filter((pending) => pending.subject === subject);
  }

  get(id: Id): Pending | undefined {
    return this.#pending.get(id);
  }

  add(message: Pending['message'], subject: string | null): Pending {
    const pending: Pending = { message, subject, lanes: new Set() };
    this.#pending.set(message.id, pending);
    return pending;
  }

  finish(id: Id, answer: { result: unknown } | { error: { code: number; message: string } }): void {
    this.#pending.delete(id);
    this.#editor.answer(id, answer);
  }

  refuse(id: Id, code: number, message: string): void {
    this.finish(id, { error: { code, message } });
  }

  /** Passes a thread's answer on, unless the request waits for another one. */
  answered(lane: Lane, id: Id, message: Message): void {
    if (this.#pending.get(id)?.lanes.has(lane) !== true) return;
    this.#pending.delete(id);
    this.#editor.send(message);
  }
}

/** The requests of threads that wait for an answer of the client, which knows them by numbers of ours. */
export class Questions {
  readonly #asked = new Map<number, { lane: Lane; id: Id }>();
  #next = 1;

  /** The request as the client is to get it. */
  put(lane: Lane, id: Id, message: Message): Message {
    const own = this.#next++;
    this.#asked.set(own, { lane, id });
    return { ...message, id: own };
  }

  /** The answer as the thread is to get it that has asked; null: nobody waits for it. */
  answered(message: Message): { lane: Lane; message: Message } | null {
    const asked = typeof message.id === 'number' ? this.#asked.get(message.id) : undefined;
    if (asked === undefined) return null;
    this.#asked.delete(message.id as number);
    return { lane: asked.lane, message: { ...message, id: asked.id } };
  }

  /** A thread is gone. */
  forget(lane: Lane): void {
    for (const [id, asked] of this.#asked) if (asked.lane === lane) this.#asked.delete(id);
  }

  clear(): void {
    this.#asked.clear();
  }
}
