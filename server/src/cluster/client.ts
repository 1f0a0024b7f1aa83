import { joined } from '../../../common/joined.ts';
import { isProfilePage } from '../core/rest/profilePage.ts';
import type { Access } from './access.ts';
import { CALLS, type CallName, type ProfilerName, pathOf, type Subject } from './calls.ts';
import { CallFailed, connectionFault, type Fault } from './errors.ts';
import { Redactor } from './redact.ts';

/** What the client needs from where it runs. */
export interface Host {
  fetch(
    url: string,
    init: { method?: 'POST'; body?: string; headers: Record<string, string>; redirect: 'manual' | 'error'; signal: AbortSignal },
  ): Promise<Response>;
  /** Whether a redirect can be looked at before it is followed; a browser hides where it leads to. */
  seesRedirects: boolean;
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects when the signal does. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Answer {
  /** As it came, JSON in one piece. */
  text: string;
  /** Milliseconds that the call took, since 1970 when it began. */
  took: number;
  at: number;
  /** What the clock of the server says, by its header `Date` (whole seconds); null without one. */
  serverTime: number | null;
}

/** Where the pieces of a large answer go; a promise holds the stream back. */
export type Take = (piece: Uint8Array) => Promise<void> | void;

export interface Limits {
  /** Milliseconds without a byte. */
  idle: number;
  /** Milliseconds until an answer in memory is whole: one that comes byte by byte never is. */
  whole: number;
  /** Bytes of an answer in memory. */
  largest: number;
  /** Calls at a time. */
  lanes: number;
  /** Times that a call is tried again which the server was too busy for. */
  retries: number;
}

/** A dump of 10,000 threads with 50 frames has some 50 MB. */
const LIMITS: Limits = { idle: 30_000, whole: 180_000, largest: 256 << 20, lanes: 4, retries: 2 };

const MAX_REDIRECTS = 5;
/** Longer than this nobody waits because a server asks for it. In ms. */
const LONGEST_PAUSE = 20_000;
/** Of what a server says in an error so much is shown. */
const MAX_SAID = 300;
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Asks a cluster. Every call that has no answer rejects with CallFailed. */
export class ClusterClient {
  readonly access: Access;
  readonly #host: Host;
  readonly #limits: Limits;
  /** Those that wait for a lane. */
  readonly #queue: (() => void)[] = [];
  #busy = 0;
  /** Calls that were sent, for tests and for whoever wants to see that there are few. */
  sent = 0;

  constructor(access: Access, host: Host, limits: Partial<Limits> = {}) {
    this.access = access;
    this.#host = host;
    this.#limits = { ...LIMITS, ...limits };
  }

  /** The answer of a call as text: JSON, or the page of a profiler. `until`: nobody waits for it longer, in ms since 1970. */
  async ask(name: CallName, subject: Subject = {}, signal: AbortSignal = NEVER, until = Number.POSITIVE_INFINITY): Promise<Answer> {
    const path = pathOf(name, subject);
    const page = CALLS[name].shape === 'page';
    const answer = await this.#text(path, signal, { shape: page ? 'page' : 'json', until });
    if (!page) this.#checkJson(path, answer.text);
    else if (!isProfilePage(answer.text))
      throw new CallFailed(path, { code: 'no-profile', facts: { said: this.#said(titleIn(answer.text) || answer.text) } });
    return answer;
  }

  /** Has a process profiled for so many seconds, which a person wants; the answer is that of the profiler, at once. Never tried again. */
  async profile(name: ProfilerName, subject: Subject, { mode, duration }: { mode: string; duration: number }): Promise<Answer> {
    const path = pathOf(name, subject);
    const body = JSON.stringify({ mode, duration });
    const answer = await this.#text(path, NEVER, { shape: 'json', body, until: Number.POSITIVE_INFINITY }).catch((error: unknown) => {
      throw error instanceof CallFailed ? new CallFailed(path, error.fault, 'POST') : error;
    });
    this.#checkJson(path, answer.text);
    return answer;
  }

  async #text(path: string, signal: AbortSignal, request: Pick<Sending, 'shape' | 'body' | 'until'>): Promise<Answer> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    const { largest } = this.#limits;
    const take = (piece: Uint8Array): void => {
      length += piece.length;
      if (length > largest) throw new CallFailed(path, { code: 'too-large', facts: { limit: largest } });
      pieces.push(piece);
    };
    const sent = await this.#send(path, signal, { ...request, take });
    return { ...sent, text: new TextDecoder().decode(joined(pieces)) };
  }

  /** The answer of a call that is a file of any size, piece by piece. */
  stream(name: CallName, subject: Subject, take: Take, signal: AbortSignal = NEVER): Promise<Omit<Answer, 'text'>> {
    return this.#send(pathOf(name, subject), signal, { shape: 'text', take, until: Number.POSITIVE_INFINITY });
  }

  #checkJson(path: string, text: string): void {
    try {
      JSON.parse(text);
    } catch {
      const start = text.trimStart();
      const whole = /^[{[]/.test(start);
      throw new CallFailed(path, whole ? { code: 'cut', facts: { bytes: text.length } } : { code: 'not-json', facts: { said: this.#said(start) } });
    }
  }

  async #send(path: string, signal: AbortSignal, request: Omit<Sending, 'anew'>): Promise<Omit<Answer, 'text'>> {
    await this.#enter();
    try {
      let anew = false;
      for (let tries = 0; ; tries++) {
        const at = this.#host.now();
        try {
          const serverTime = await this.#once(path, signal, { ...request, anew });
          return { at, took: this.#host.now() - at, serverTime };
        } catch (error) {
          if (!(error instanceof Retry) || signal.aborted) throw this.#failure(error, path, signal);
          // Credentials that a command prints run out: it is asked once more.
          if (error.fault.code === 'refused' && !anew && tries === 0) {
            anew = true;
            continue;
          }
          if (error.fault.code === 'refused' || request.body !== undefined || tries >= this.#limits.retries) throw new CallFailed(path, error.fault);
          const pause = Math.min(LONGEST_PAUSE, error.after ?? 500 * 2 ** tries);
          if (this.#host.now() + pause >= request.until) throw new CallFailed(path, error.fault);
          await this.#host.wait(pause, signal).catch((why: unknown) => {
            throw this.#failure(why, path, signal);
          });
        }
      }
    } finally {
      this.#leave();
    }
  }

  #failure(error: unknown, path: string, signal: AbortSignal): unknown {
    if (signal.aborted) return new CallFailed(path, { code: 'cancelled', facts: {} });
    if (error instanceof Retry) return new CallFailed(path, error.fault);
    return error;
  }

  async #once(path: string, signal: AbortSignal, { shape, body, take, anew, until }: Sending): Promise<number | null> {
    const { address } = this.access;
    const { idle, whole } = this.#limits;
    const left = until - this.#host.now();
    const longest = shape === 'text' ? left : Math.min(left, whole);
    const patience = new Patience(idle, longest, signal);
    let url = `${address.url}${path}`;
    let taken = 0;
    try {
      const credentials = await this.access.headers(anew);
      for (let hops = 0; ; hops++) {
        const here = new URL(url);
        const ours = here.host === address.host && (here.protocol === 'https:' || address.url.startsWith('http:'));
        this.sent++;
        const response = await this.#host.fetch(url, {
          ...(body === undefined ? {} : { method: 'POST' as const, body }),
          headers: {
            Accept: shape === 'json' ? 'application/json' : 'text/plain, */*',
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...(ours ? credentials : {}),
          },
          redirect: this.#host.seesRedirects ? 'manual' : 'error',
          signal: patience.signal,
        });
        patience.go();
        const to = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
        if (to !== null) {
          await response.body?.cancel().catch(() => undefined);
          const next = new URL(to, url);
          if (hops >= MAX_REDIRECTS || body !== undefined || !/^https?:$/.test(next.protocol))
            throw new CallFailed(path, { code: 'redirected', facts: { host: next.host } });
          url = next.href;
          continue;
        }
        const fault = await this.#faultOf(response, path, { shape, elsewhere: ours ? null : here.host, patience });
        if (fault !== null) throw fault;
        const reader = response.body?.getReader();
        for (let piece = await reader?.read(); piece !== undefined && !piece.done; piece = await reader?.read()) {
          patience.go();
          taken += piece.value.length;
          await take(piece.value);
        }
        const date = Date.parse(response.headers.get('date') ?? '');
        return Number.isNaN(date) ? null : date;
      }
    } catch (error) {
      if (error instanceof CallFailed || error instanceof Retry) throw error;
      if (signal.aborted) throw new CallFailed(path, { code: 'cancelled', facts: {} });
      if (patience.lost === 'idle') throw new CallFailed(path, { code: 'slow', facts: { ms: idle } });
      if (patience.lost === 'over')
        throw new CallFailed(path, longest < whole ? { code: 'budget', facts: { what: 'time' } } : { code: 'unending', facts: { ms: whole } });
      if (taken > 0) throw new CallFailed(path, { code: 'cut', facts: { bytes: taken } });
      if (!this.#host.seesRedirects && error instanceof TypeError && /redirect/i.test(error.message))
        throw new CallFailed(path, { code: 'redirects-forbidden', facts: {} });
      if (!isNetwork(error)) throw error;
      const fault = connectionFault(error, address.host);
      // A connection that was kept open may have been closed meanwhile.
      throw CLOSED.has(fault.facts.why) ? new Retry(fault, 0) : new CallFailed(path, fault);
    } finally {
      patience.end();
    }
  }

  /** Why a response is no answer; null where it is one. */
  async #faultOf(
    response: Response,
    path: string,
    { shape, elsewhere, patience }: { shape: Sending['shape']; elsewhere: string | null; patience: Patience },
  ): Promise<CallFailed | Retry | null> {
    const { status } = response;
    const page = /\btext\/html\b/i.test(response.headers.get('content-type') ?? '');
    // Flink gives its files as plain text, pages too (HandlerUtils); what gives a page may still be a proxy that knows better.
    if (status >= 200 && status < 300 && (!page || (shape === 'page' && elsewhere === null))) return null;
    const body = await beginning(response, patience);
    if (elsewhere !== null && (page || status === 401 || status === 403))
      return new CallFailed(path, { code: 'redirected', facts: { host: elsewhere } });
    const said = this.#said(errorsIn(body) ?? (page ? titleIn(body) : body));
    if (status === 401 || status === 403) return new Retry({ code: 'refused', facts: { status, said } }, null);
    if (BUSY.has(status)) return new Retry({ code: 'status', facts: { status, said } }, pauseOf(response, this.#host.now()));
    if (page) return new CallFailed(path, { code: 'html', facts: { status, title: this.#said(titleIn(body)) } });
    return new CallFailed(path, { code: 'status', facts: { status, said } });
  }

  /** On one line, short, and without secrets. */
  #said(text: string): string {
    const line = new Redactor(() => this.access.secrets())
      .text(text.slice(0, 4 * MAX_SAID))
      .replace(/\s+/g, ' ')
      .trim();
    return line.length <= MAX_SAID ? line : `${line.slice(0, MAX_SAID - 1)}…`;
  }

  async #enter(): Promise<void> {
    if (this.#busy < this.#limits.lanes) this.#busy++;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
  }

  #leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#busy--;
    else next();
  }
}

/** What is asked, and where its answer goes. */
interface Sending {
  shape: 'json' | 'text' | 'page';
  /** JSON: something is started. */
  body?: string;
  take: Take;
  /** Milliseconds since 1970. */
  until: number;
  /** What was given for credentials before was refused. */
  anew: boolean;
}

const CLOSED: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const NEVER = new AbortController().signal;

/** The call may be tried again. */
class Retry extends Error {
  readonly fault: Fault;
  /** Milliseconds that the server asks for. */
  readonly after: number | null;

  constructor(fault: Fault, after: number | null) {
    super(fault.code);
    this.fault = fault;
    this.after = after;
  }
}

/** Ends a call for which nothing comes for so long, that takes too long in all, or that nobody wants any more. */
class Patience {
  readonly #control = new AbortController();
  readonly #ms: number;
  readonly #from: AbortSignal;
  readonly #abort = (): void => this.#control.abort();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #over: ReturnType<typeof setTimeout> | undefined;
  /** Which of the two it was. */
  lost: 'idle' | 'over' | null = null;

  constructor(ms: number, longest: number, from: AbortSignal) {
    this.#ms = ms;
    if (Number.isFinite(longest)) this.#over = setTimeout(() => this.#lose('over'), Math.max(0, longest));
    this.#from = from;
    if (from.aborted) this.#abort();
    else from.addEventListener('abort', this.#abort, { once: true });
    this.go();
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  /** Something came. */
  go(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lose('idle'), this.#ms);
  }

  #lose(why: 'idle' | 'over'): void {
    this.lost ??= why;
    this.#control.abort();
  }

  end(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#over);
    this.#from.removeEventListener('abort', this.#abort);
  }
}

/** `fetch` rejects with a TypeError that has the reason as its cause; a command that prints headers has errors of its own. */
const isNetwork = (error: unknown): boolean => error instanceof TypeError || (error instanceof Error && 'code' in error) || isAbort(error);
const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

const BEGINNING = 16 * 1024;

async function beginning(response: Response, patience: Patience): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined && length < BEGINNING) {
    const piece = await reader.read().catch(() => null);
    patience.go();
    if (piece === null || piece.done) break;
    pieces.push(piece.value);
    length += piece.value.length;
  }
  await reader?.cancel().catch(() => undefined);
  return new TextDecoder().decode(joined(pieces));
}

/** `{"errors":["…"]}` (ErrorResponseBody); a stack trace in it is told by its first line. */
function errorsIn(body: string): string | null {
  try {
    const { errors } = JSON.parse(body) as { errors?: unknown };
    if (!Array.isArray(errors)) return null;
    const texts = errors.filter((one): one is string => typeof one === 'string');
    const cause = texts.flatMap((text) => text.split('\n').filter((line) => /^\s*Caused by: /.test(line))).at(-1);
    const first = texts.map((text) => text.split('\n')[0]?.replace(/^<Exception on server side:?/, '') ?? '').find((text) => text.trim() !== '');
    return [first, cause].filter((one) => one !== undefined).join(' ');
  } catch {
    return null;
  }
}

function titleIn(page: string): string {
  const from = page.search(/<title\b/i);
  if (from === -1) return '';
  const start = page.indexOf('>', from) + 1;
  const end = page.indexOf('<', start);
  return start === 0 || end === -1 ? '' : page.slice(start, end);
}

/** `Retry-After`: seconds, or a time. */
function pauseOf(response: Response, now: number): number | null {
  const said = response.headers.get('retry-after');
  if (said === null) return null;
  const seconds = Number(said);
  const ms = Number.isNaN(seconds) ? Date.parse(said) - now : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
