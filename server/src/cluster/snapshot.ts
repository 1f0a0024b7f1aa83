import { isoTime } from '../../../common/isoTime.ts';
import { MANIFEST, type SnapshotCall, type SnapshotManifest } from '../../../common/snapshot.ts';
import { version as tool } from '../../../common/version.ts';
import { say } from '../core/wording.ts';
import { CALLS, type Call, type CallName, fileOf, pathOf, type Subject } from './calls.ts';
import type { Answer, ClusterClient, Take } from './client.ts';
import { CallFailed, type Fault } from './errors.ts';
import { RedactedBytes, Redactor } from './redact.ts';
import { FAULTS } from './words.ts';

/** Where a snapshot is written: a folder on the disk, or one of an editor's file systems. */
export interface Sink {
  /** Whether a file of an earlier attempt is there as it was written. */
  has(file: string, sha256: string): Promise<boolean>;
  /** Writes a file whole or not at all; `write` gives its pieces. */
  put(file: string, write: (take: Take) => Promise<void>): Promise<{ bytes: number; sha256: string }>;
}

export interface Budget {
  bytes: number;
  /** Milliseconds since 1970. */
  until: number;
}

/** The manifest is written anew after so many calls. */
const WRITTEN_EVERY = 25;

/** A snapshot while it is being taken: asks, redacts, writes, and keeps the manifest. */
export class Snapshot {
  readonly manifest: SnapshotManifest;
  readonly #client: ClusterClient;
  readonly #sink: Sink;
  readonly #signal: AbortSignal;
  readonly #budget: Budget;
  readonly #now: () => number;
  readonly #redactor: Redactor;
  readonly #say: (path: string) => void;
  /** Calls of an earlier attempt that need not be made again, by their paths and files. */
  readonly #done: ReadonlyMap<string, SnapshotCall>;
  #bytes = 0;
  #unwritten = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(
    client: ClusterClient,
    sink: Sink,
    {
      signal,
      budget,
      now,
      redact,
      earlier,
      tell,
    }: {
      signal: AbortSignal;
      budget: Budget;
      now(): number;
      /** Texts that a person does not want to be in it. */
      redact: readonly string[];
      /** Of an attempt that was broken off. */
      earlier: SnapshotManifest | null;
      /** Told what is asked. */
      tell(path: string): void;
    },
  ) {
    this.#client = client;
    this.#sink = sink;
    this.#signal = signal;
    this.#budget = budget;
    this.#now = now;
    this.#say = tell;
    this.#redactor = new Redactor(() => [...client.access.secrets(), ...redact]);
    const calls = earlier?.cluster === client.access.address.url ? earlier.calls : [];
    this.#done = new Map(calls.filter(({ status }) => status === 'ok').map((one) => [`${one.path}\n${one.file}`, one]));
    this.manifest = {
      kind: 'flink-snapshot',
      schema: 1,
      tool: `Logjam ${tool}`,
      cluster: client.access.address.url,
      flinkVersion: null,
      begun: isoTime(now()),
      ended: null,
      clock: null,
      redaction: { removed: 0, named: redact.length },
      calls: [],
    };
  }

  /** Whether anything more may be asked. */
  get over(): boolean {
    return this.#fault() !== null;
  }

  /**
   * Asks for a document and writes it; its text as it is written, null where there is none. `number`: of several dumps.
   * Rejects only where the snapshot was cancelled, or cannot be written.
   */
  async document(name: CallName, subject: Subject = {}, number?: number): Promise<string | null> {
    const path = pathOf(name, subject);
    const file = fileOf(name, subject, number);
    if (CALLS[name].cost === 'stops' && (await this.#again(path, file))) return null;
    const entry = this.#entry(path);
    if (this.#stopped(entry)) return null;
    this.#say(path);
    let answer: Answer;
    try {
      answer = await this.#client.ask(name, subject, this.#signal, this.#budget.until);
    } catch (error) {
      this.#fail(entry, error, name);
      return null;
    }
    const redactor = this.#redactor.fresh();
    const text = CALLS[name].shape === 'settings' ? redactor.settings(answer.text) : redactor.text(answer.text);
    this.#clock(answer);
    this.manifest.redaction.removed += redactor.count;
    const written = await this.#sink.put(file, async (take) => take(new TextEncoder().encode(text)));
    this.#bytes += written.bytes;
    Object.assign(entry, { file, status: 'ok', at: isoTime(answer.at), tookMs: answer.took, ...written } satisfies Partial<SnapshotCall>);
    await this.#kept();
    return text;
  }

  /** Asks for something that is only measured from now on; its answer is not kept, and a failure shows when it is asked for again. */
  async begin(name: CallName, subject: Subject): Promise<void> {
    this.#say(pathOf(name, subject));
    await this.#client.ask(name, subject, this.#signal, this.#budget.until).catch((error: unknown) => {
      if (!(error instanceof CallFailed) || error.fault.code === 'cancelled') throw error;
    });
  }

  /**
   * A file of any size, as it comes. `put`: gives its pieces on, and may keep some of them only.
   * What came before it was cut off is kept.
   */
  async file(
    name: CallName,
    subject: Subject,
    write: (pieces: (take: Take) => Promise<void>, put: Put) => Promise<{ partly: Fault | null }>,
  ): Promise<void> {
    const path = pathOf(name, subject);
    const file = fileOf(name, subject);
    if (await this.#again(path, file)) return;
    const entry = this.#entry(path);
    if (this.#stopped(entry)) return;
    this.#say(path);
    const at = this.#now();
    let broken: unknown = null;
    const pieces = async (take: Take): Promise<void> => {
      try {
        await this.#client.stream(
          name,
          subject,
          async (piece) => {
            const fault = this.#fault();
            if (fault !== null) throw new CallFailed(path, fault);
            await take(piece);
          },
          this.#signal,
        );
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        broken = error;
      }
    };
    const files: { file: string; bytes: number; sha256: string }[] = [];
    const put: Put = async (suffix, give) => {
      const redactor = this.#redactor.fresh();
      const bytes = new RedactedBytes(redactor);
      let any = false;
      const writing = this.#sink.put(`${file}${suffix}`, async (take) => {
        await give(async (piece) => {
          any = true;
          const finished = bytes.push(piece);
          this.#bytes += finished.length;
          if (finished.length > 0) await take(finished);
        });
        const rest = bytes.end();
        this.#bytes += rest.length;
        if (rest.length > 0) await take(rest);
        // Of what never came there is no file, but of what is empty.
        if (!any && broken !== null) throw broken;
      });
      const written = await writing.catch((error: unknown) => {
        if (error === broken) return null;
        throw error;
      });
      this.manifest.redaction.removed += redactor.count;
      if (written !== null) files.push({ file: `${file}${suffix}`, ...written });
    };
    const { partly } = await write(pieces, put);
    const [first, ...more] = files;
    if (broken !== null && first === undefined) {
      this.#fail(entry, broken, name);
      return;
    }
    const fault = broken instanceof CallFailed ? broken.fault : partly;
    const why = fault === null ? null : say(FAULTS, fault);
    const status = broken !== null ? 'cut' : partly !== null ? 'partly' : 'ok';
    const told = { status, at: isoTime(at), tookMs: this.#now() - at, why } as const;
    Object.assign(entry, { ...told, ...first });
    for (const one of more) this.manifest.calls.push({ ...entry, ...one });
    await this.#kept();
    if (broken instanceof CallFailed && broken.fault.code === 'cancelled') throw broken;
  }

  /** Something is not asked for, and why. */
  leave(name: CallName, subject: Subject, fault: Fault): void {
    const entry = this.#entry(pathOf(name, subject));
    Object.assign(entry, { status: 'left-out', why: say(FAULTS, fault) });
  }

  /** Writes the manifest for the last time. `whole`: the snapshot came to its end. */
  async end(whole: boolean): Promise<void> {
    if (whole) this.manifest.ended = isoTime(this.#now());
    await this.#write();
  }

  #entry(path: string): SnapshotCall {
    const entry: SnapshotCall = { path, file: null, status: 'failed', at: null, tookMs: null, bytes: null, sha256: null, why: null };
    this.manifest.calls.push(entry);
    return entry;
  }

  /** Whether an earlier attempt has the file: what is costly is not asked for twice. */
  async #again(path: string, file: string): Promise<boolean> {
    const done = this.#done.get(`${path}\n${file}`);
    if (done?.sha256 == null || !(await this.#sink.has(file, done.sha256))) return false;
    this.manifest.calls.push(done);
    this.#bytes += done.bytes ?? 0;
    return true;
  }

  #fault(): Fault | null {
    if (this.#bytes >= this.#budget.bytes) return { code: 'budget', facts: { what: 'bytes' } };
    return this.#now() >= this.#budget.until ? { code: 'budget', facts: { what: 'time' } } : null;
  }

  #stopped(entry: SnapshotCall): boolean {
    const fault = this.#fault();
    if (fault !== null) Object.assign(entry, { status: 'left-out', why: say(FAULTS, fault) });
    return fault !== null;
  }

  #fail(entry: SnapshotCall, error: unknown, name: CallName): void {
    if (!(error instanceof CallFailed)) throw error;
    if (error.fault.code === 'cancelled') throw error;
    const { optional }: Call = CALLS[name];
    const absent = error.status === 404 && optional === true;
    Object.assign(entry, { status: absent ? 'absent' : 'failed', at: isoTime(this.#now()), why: say(FAULTS, error.fault) });
  }

  /** Both ends of a call bound the moment at which the server looked at its clock. */
  #clock({ at, took, serverTime }: Answer): void {
    if (serverTime === null) return;
    // The second that is told began up to a second ago.
    const slackMs = Math.ceil((took + 1000) / 2);
    if (this.manifest.clock !== null && this.manifest.clock.slackMs <= slackMs) return;
    this.manifest.clock = { aheadMs: Math.round(serverTime + 500 - (at + took / 2)), slackMs };
  }

  async #kept(): Promise<void> {
    if (++this.#unwritten < WRITTEN_EVERY) return;
    this.#unwritten = 0;
    await this.#write();
  }

  /** One after the other: calls end at the same time. */
  #write(): Promise<void> {
    const write = async (): Promise<void> => {
      const text = `${JSON.stringify(this.manifest, null, 2)}\n`;
      await this.#sink.put(MANIFEST, async (take) => take(new TextEncoder().encode(text)));
    };
    const writing = this.#writing.then(write);
    this.#writing = writing.catch(() => undefined);
    return writing;
  }
}

/** Writes one file of an answer; `suffix` behind its name. */
export type Put = (suffix: string, give: (take: Take) => Promise<void>) => Promise<void>;
