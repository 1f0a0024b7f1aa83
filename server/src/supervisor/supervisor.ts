import { INITIALIZED } from '../../../common/capabilities.ts';
import { ANALYSE_FILE, CANCEL, misfit, OPENED, RESTART } from '../../../common/contracts.ts';
import { Admission } from './admission.ts';
import { Deaths } from './deaths.ts';
import { Documents } from './documents.ts';
import { type Client, Editor, leftFinding } from './editor.ts';
import { Lane, type Thread } from './lane.ts';
import { ERRORS, type Id, type Message, messageOf, otherIn, subjectOf, uriIn } from './message.ts';
import { type Pending, Questions, Requests } from './requests.ts';
import { BOTH_SILENT, CANCELLED_AFTER, GRACE, LOOK_EVERY, STAND_IN_AFTER, STAND_IN_READY } from './times.ts';
import { answerWithout, type Left, leftWords, NO_JSON_WORDS, NOT_OPENED_WORDS, STOPPED_WORDS } from './words.ts';

/** In characters. */
const SMALL = 1 << 20;

/** Changes something at the client: never done twice. */
const ONCE = new Set(['workspace/executeCommand']);

/**
 * Stands between an editor and the analysis, which runs in a thread of its own: it passes messages on, and answers where
 * the thread does not. It computes nothing, so that it always answers. A thread that does not give way is stood in for
 * by a second one, which serves all other documents meanwhile; it is ended when nobody waits for what it is at, or when
 * that takes longer than the setting allows. What ends a thread is left out from then on, and said to be.
 */
export class Supervisor {
  readonly #editor: Editor;
  readonly #start: () => Thread;
  readonly #documents = new Documents();
  readonly #requests: Requests;
  readonly #questions = new Questions();
  readonly #left = new Map<string, Left>();
  readonly #admission = new Admission((uri) => this.#documents.has(uri));
  /** Versions of the documents whose findings were told. */
  readonly #told = new Map<string, number>();
  /** What a thread did not give way with, for so long that it was stood in for: not given to a stand-in. */
  readonly #slow = new Set<string>();
  #main: Lane | null;
  #standIn: Lane | null = null;
  /** The stand-in serves. */
  #standing = false;
  #initialize: Message | null = null;
  #initialized: Message | null = null;
  #shutDown = false;
  readonly #deaths = new Deaths();
  #looking: ReturnType<typeof setInterval> | undefined;

  constructor(client: Client, start: () => Thread) {
    this.#editor = new Editor(client);
    this.#requests = new Requests(this.#editor);
    this.#start = start;
    this.#main = this.#newLane();
  }

  /** What is no message of JSON-RPC, or not even JSON. */
  malformed(code: number, message: string): void {
    this.#editor.malformed(code, message);
  }

  fromClient(value: unknown): void {
    const message = messageOf(value);
    if (message === null) {
      this.#editor.malformed();
      return;
    }
    const { id, method } = message;
    if (method === undefined) this.#answered(message);
    else if (id === undefined || id === null) this.#notified(message, method);
    else this.#requested({ ...message, id, method });
  }

  #requested(message: Pending['message']): void {
    const { id, method } = message;
    if (method === 'shutdown') {
      this.#shutDown = true;
      this.#editor.answer(id, { result: null });
      return;
    }
    if (this.#shutDown) {
      this.#requests.refuse(id, ERRORS.invalidRequest, 'The server was shut down.');
      return;
    }
    const unfit = misfit(method, message.params);
    if (unfit !== null) {
      this.#requests.refuse(id, ERRORS.invalidParams, unfit);
      return;
    }
    if (method === 'initialize') {
      this.#initialize = this.#editor.introduced(message);
      this.#admission.introduced(message);
      this.#editor.answer(id, { result: INITIALIZED });
      this.#main?.send(this.#initialize);
      return;
    }
    this.#pass(message);
  }

  #pass(message: Pending['message']): void {
    if (!this.#admission.admits(message)) {
      this.#requests.finish(message.id, { result: answerWithout(message.method, NOT_OPENED_WORDS) });
      return;
    }
    const uri = uriIn(message);
    const subject = uri === null ? null : this.#subject(uri);
    if (subject !== null) this.#wanted(subject, message.method === ANALYSE_FILE.method);
    this.#submit(this.#requests.add(message, subject));
  }

  /** Gives a request to the thread that is there for it. */
  #submit(pending: Pending): void {
    const { message, subject } = pending;
    const left = subject === null ? undefined : this.#left.get(subject);
    const lane = this.#laneFor(subject);
    if (left !== undefined || lane === null) {
      this.#requests.finish(message.id, { result: answerWithout(message.method, left === undefined ? STOPPED_WORDS : leftWords(left)) });
      return;
    }
    for (const uri of [subject, otherIn(message)]) if (uri !== null) this.#open(lane, uri);
    pending.lanes.add(lane);
    lane.send(message);
  }

  #subject(uri: string): string {
    return this.#documents.has(uri) ? uri : subjectOf(uri);
  }

  #laneFor(subject: string | null): Lane | null {
    return this.#standing && (subject === null || !this.#slow.has(subject)) ? this.#standIn : this.#main;
  }

  #notified(message: Message, method: string): void {
    if (misfit(method, message.params) !== null) return;
    switch (method) {
      case 'exit':
        this.#editor.exit(this.#shutDown ? 0 : 1);
        return;
      case '$/cancelRequest':
        this.#cancel((message.params as { id?: Id } | undefined)?.id, message);
        return;
      case 'initialized':
        this.#initialized = message;
        this.#toAll(message);
        return;
      case OPENED.method:
        this.#admission.opened(message);
        return;
      case 'workspace/didChangeWorkspaceFolders':
        if (this.#initialize !== null) this.#initialize = this.#admission.moved(message, this.#initialize);
        this.#toAll(message);
        return;
      case RESTART.method:
        this.#restart();
        return;
      case 'textDocument/didOpen':
      case 'textDocument/didChange':
      case 'textDocument/didClose':
        this.#edited(message, method);
        return;
      default: {
        const uri = uriIn(message);
        if (method === CANCEL.method && uri !== null) this.#unwanted(this.#subject(uri), 'cancelled');
        this.#toAll(message);
      }
    }
  }

  #toAll(message: Message): void {
    for (const lane of this.#lanes()) lane.send(message);
  }

  #lanes(): Lane[] {
    return [this.#main, this.#standIn].filter((lane) => lane !== null);
  }

  #edited(message: Message, method: string): void {
    const uri = uriIn(message);
    this.#documents.follow(message);
    if (uri === null) return;
    this.#told.delete(uri);
    this.#slow.delete(uri);
    const wasLeft = this.#left.delete(uri);
    this.#unwanted(uri, 'changed');
    for (const lane of this.#lanes()) {
      if (method === 'textDocument/didClose') lane.close(uri);
      else if (lane.opened.has(uri)) lane.send(message);
      else if (lane === this.#main || this.#standing) this.#open(lane, uri);
    }
    if (method === 'textDocument/didClose' && wasLeft) this.#editor.publish(uri, this.#documents.versionOf(uri), []);
  }

  /** Nobody waits any more for what is computed of it: a thread that is at it gives way now or is ended. */
  #unwanted(subject: string, why: 'cancelled' | 'changed'): void {
    for (const lane of this.#lanes()) if (lane.silent && lane.at?.uri === subject) lane.unwanted.set(subject, why);
  }

  /** Somebody asks for what may have been cancelled. What an editor has open stays so until it is asked for by name. */
  #wanted(subject: string, byName: boolean): void {
    if (byName) this.#left.delete(subject);
    if (!byName && this.#documents.has(subject)) return;
    for (const lane of this.#lanes()) if (lane.unwanted.get(subject) === 'cancelled') lane.unwanted.delete(subject);
  }

  #cancel(id: Id | undefined, message: Message): void {
    const pending = id === undefined ? undefined : this.#requests.get(id);
    if (pending === undefined) return;
    for (const lane of pending.lanes) lane.send(message);
    setTimeout(() => {
      if (this.#requests.get(pending.message.id) !== pending) return;
      this.#requests.refuse(pending.message.id, ERRORS.cancelled, 'The request was cancelled.');
      const { subject } = pending;
      const wanted = subject === null || this.#documents.has(subject) || this.#requests.about(subject).length > 0;
      if (!wanted) this.#unwanted(subject, 'cancelled');
    }, CANCELLED_AFTER);
  }

  /** An answer of the client: to the thread that has asked. */
  #answered(message: Message): void {
    const answer = this.#questions.answered(message);
    if (answer !== null && this.#lanes().includes(answer.lane)) answer.lane.send(answer.message);
  }

  #newLane(): Lane {
    const lane: Lane = new Lane(this.#start(), {
      message: (message) => this.#fromThread(lane, message),
      pinged: () => this.#look(),
      alive: () => this.#alive(lane),
      stopped: (uri, limit) => this.#leave(uri, { code: 'limit', seconds: limit }),
      unread: (uri) => this.#unread(uri),
      ended: (why) => this.#died(lane, why),
    });
    for (const message of [this.#initialize, this.#initialized]) if (message !== null) lane.send(message);
    return lane;
  }

  #open(lane: Lane, uri: string): void {
    if (lane.opened.has(uri) || this.#left.has(uri)) return;
    const message = this.#documents.opening(uri);
    if (message === null) return;
    lane.opened.add(uri);
    lane.send(message);
  }

  /** Only the thread reads large texts; then nothing was opened. */
  #unread(uri: string): void {
    this.#documents.forget(uri);
    for (const lane of this.#lanes()) lane.opened.delete(uri);
    this.#editor.malformed(ERRORS.parse, NO_JSON_WORDS);
  }

  #fromThread(lane: Lane, message: Message): void {
    const { id, method } = message;
    if (!this.#lanes().includes(lane)) return;
    if (method === undefined) {
      if (id !== undefined && id !== null) this.#requests.answered(lane, id, message);
    } else if (id !== undefined && id !== null) this.#editor.send(this.#questions.put(lane, id, message));
    else if (this.#speaksFor(lane, message)) this.#editor.send(message);
  }

  /** What a stand-in says of documents counts while it serves, and nothing is said of those that are left out. */
  #speaksFor(lane: Lane, message: Message): boolean {
    if (message.method !== 'textDocument/publishDiagnostics') return true;
    const uri = uriIn(message);
    if (uri === null) return true;
    if (this.#left.has(uri) || (lane !== this.#main && !this.#standing)) return false;
    const version = (message.params as { version?: unknown }).version;
    if (typeof version === 'number') this.#told.set(uri, version);
    return true;
  }

  /** Looks at the threads now and then, as long as one of them does not give way. */
  #look(): void {
    this.#looking ??= setInterval(() => {
      const silent = this.#lanes().filter((lane) => lane.silent);
      for (const lane of silent) this.#judge(lane);
      if (silent.length > 0) return;
      clearInterval(this.#looking);
      this.#looking = undefined;
    }, LOOK_EVERY);
  }

  #judge(lane: Lane): void {
    const { silentFor, at } = lane;
    // The thread may have begun with a text before it was told that there is another one.
    const isOld = at?.version !== undefined && at.version !== this.#documents.versionOf(at.uri);
    const unwanted = at === null ? undefined : (lane.unwanted.get(at.uri) ?? (isOld ? 'changed' : undefined));
    const bothSilent = lane === this.#main && this.#standing && Math.min(silentFor, this.#standIn?.silentFor ?? 0) >= BOTH_SILENT;
    if (at !== null && unwanted !== undefined && silentFor >= GRACE) {
      lane.end();
      if (unwanted === 'cancelled') this.#leave(at.uri, { code: 'cancelled' });
      this.#replace(lane);
    } else if (at !== null && (silentFor >= at.limit * 1000 || bothSilent)) {
      lane.end();
      this.#leave(at.uri, { code: 'limit', seconds: Math.round(silentFor / 1000) });
      this.#lost(lane);
    } else if (lane === this.#main && !this.#standing && silentFor >= (this.#isAlone(at?.uri) ? STAND_IN_READY : STAND_IN_AFTER))
      this.#standInFor(at?.uri ?? null);
  }

  /** Nothing but this is open or asked for. */
  #isAlone(busy: string | undefined): boolean {
    return this.#documents.uris.every((uri) => uri === busy) && this.#requests.all.every(({ subject }) => subject === busy);
  }

  /** Another thread serves all documents but this one, and those that have held up a thread before. */
  #standInFor(busy: string | null): void {
    if (busy !== null) this.#slow.add(busy);
    const lane = this.#standIn ?? this.#newLane();
    this.#standIn = lane;
    this.#standing = true;
    for (const pending of this.#requests.all)
      if ((pending.subject === null || !this.#slow.has(pending.subject)) && !ONCE.has(pending.message.method)) this.#submit(pending);
    // Those whose findings are waited for; the small ones, so that it has them at hand; the others when they are asked for.
    for (const uri of this.#documents.uris) {
      const waiting = this.#told.get(uri) !== this.#documents.versionOf(uri);
      if (!this.#slow.has(uri) && (waiting || this.#documents.lengthOf(uri) < SMALL)) this.#open(lane, uri);
    }
  }

  /** The thread that was stood in for gives way again: what was sent to it meanwhile it has. */
  #alive(lane: Lane): void {
    const standIn = this.#standIn;
    if (lane !== this.#main || !this.#standing || standIn === null) return;
    this.#standing = false;
    for (const pending of this.#requests.all) {
      pending.lanes.delete(standIn);
      if (pending.lanes.size === 0) this.#submit(pending);
    }
    for (const uri of [...standIn.opened]) standIn.close(uri);
  }

  /** Leaves out what has cost a thread, or too much time, and says so. */
  #leave(uri: string, left: Left): void {
    const open = this.#documents.has(uri);
    // What no editor holds does not change before its eyes: it is left out for those who wait for it now.
    if (open || left.code !== 'cancelled') this.#left.set(uri, left);
    for (const lane of this.#lanes()) lane.close(uri);
    for (const { message } of this.#requests.about(uri))
      this.#requests.finish(message.id, { result: answerWithout(message.method, leftWords(left)) });
    this.#editor.leftOut(uri, left);
    if (open) this.#editor.publish(uri, this.#documents.versionOf(uri), [leftFinding(left)]);
  }

  #died(lane: Lane, why: string): void {
    if (!this.#lanes().includes(lane)) return;
    lane.end();
    if (lane.at !== null) this.#leave(lane.at.uri, { code: 'crash', why });
    this.#lost(lane);
  }

  /** Goes on without a thread that was not ended for the client's sake; after too many of them nothing goes on by itself. */
  #lost(lane: Lane): void {
    if (!this.#deaths.tooMany()) {
      this.#replace(lane);
      return;
    }
    for (const one of this.#lanes()) one.end();
    this.#main = null;
    this.#standIn = null;
    this.#standing = false;
    for (const { message } of this.#requests.all) this.#requests.finish(message.id, { result: answerWithout(message.method, STOPPED_WORDS) });
    this.#editor.stopped([...this.#left.keys()]);
  }

  /** Goes on with another thread in the place of one that has ended. */
  #replace(lane: Lane): void {
    if (lane === this.#main) {
      this.#main = this.#standIn ?? this.#newLane();
      this.#standIn = null;
    } else this.#standIn = null;
    this.#standing = false;
    this.#resume(lane);
  }

  /** Gives the open documents, and what was asked of a thread that is gone, to the one that serves now. */
  #resume(gone: Lane | null): void {
    const main = this.#main;
    if (main === null) return;
    if (gone !== null) this.#questions.forget(gone);
    for (const pending of this.#requests.all) {
      if (gone !== null) pending.lanes.delete(gone);
      if (pending.lanes.size > 0) continue;
      const { id, method } = pending.message;
      if (ONCE.has(method)) this.#requests.refuse(id, ERRORS.internal, 'The analysis ended before the command did.');
      else this.#submit(pending);
    }
    for (const uri of this.#documents.uris) this.#open(main, uri);
  }

  #restart(): void {
    for (const lane of this.#lanes()) lane.end();
    this.#standIn = null;
    this.#standing = false;
    this.#deaths.forget();
    this.#left.clear();
    this.#slow.clear();
    for (const pending of this.#requests.all) pending.lanes.clear();
    this.#questions.clear();
    this.#main = this.#newLane();
    this.#resume(null);
  }
}
