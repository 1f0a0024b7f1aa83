import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { Digest } from '../core/incident/digest/model.ts';
import { NO_SOURCES } from '../core/incident/digest/none.ts';
import { reason } from '../workspace/gather.ts';
import type { ToDigest } from './digesting.ts';
import { UsageError } from './errors.ts';
import { Frames } from './frames.ts';
import { DIGEST_OPTIONS } from './options.ts';
import type { Command } from './thread.ts';
import { type Lost, type WatchedThread, watchThread } from './watchedThread.ts';
import { INPUTS, USAGE } from './words.ts';

/**
 * `logjam digest --frames` and `--paths`: a digest a line for each file that comes over standard input, as soon as it is made and
 * in their order. One that cannot be read, or ends the thread that reads it, gets a digest that says so.
 */
export async function digestStream(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: DIGEST_OPTIONS });
  if (positionals.length > 0 || (values.frames && values.paths)) throw new UsageError(USAGE.filesOverInput);
  const reader = new Reader(args);
  const out = values.output === undefined ? process.stdout : await written(values.output);
  let code = 0;
  try {
    for await (const { path: file, name, cut } of values.frames ? framed() : named()) {
      if (cut) code = 2;
      await put(out, cut ? notRead(name, INPUTS.frameCut) : await reader.read(file, name));
    }
  } finally {
    await reader.end();
  }
  if (out !== process.stdout) await finished(out.end());
  return code;
}

/** The file that takes the digests, as they come. @throws UsageError where it cannot be written */
async function written(file: string): Promise<Writable> {
  const out = createWriteStream(file);
  await once(out, 'open').catch((error: unknown) => {
    throw new UsageError(USAGE.notWritten(file, reason(error)));
  });
  return out;
}

interface Next {
  path: string;
  name: string;
  /** There is less of it than was said. */
  cut: boolean;
}

async function* named(): AsyncGenerator<Next> {
  for await (const line of createInterface({ input: process.stdin })) if (line !== '') yield { path: line, name: line, cut: false };
}

/** Each frame is a file only until the next one is asked for. */
async function* framed(): AsyncGenerator<Next> {
  const frames = new Frames(process.stdin);
  const next = async () => {
    try {
      return await frames.next();
    } catch (error) {
      throw new UsageError(USAGE.noFrame((error as Error).message));
    }
  };
  const scratch = await mkdtemp(path.join(tmpdir(), 'logjam-frames-'));
  let number = 0;
  try {
    for (let frame = await next(); frame !== null; frame = await next()) {
      // What a file is may be told by its name.
      const called = path.win32
        .basename(frame.name)
        .replace(/[^\w.-]/g, '_')
        .slice(-100);
      const file = path.join(scratch, `${++number}-${called}`);
      const whole = await frames.save(frame, file);
      yield { path: file, name: frame.name, cut: !whole };
      await rm(file, { force: true });
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function put(out: Writable, line: string): Promise<void> {
  if (!out.write(`${line}\n`)) await once(out, 'drain');
}

const notRead = (name: string, why: string): string => JSON.stringify({ ...NO_SOURCES, unread: [{ name, why, failed: true }] } satisfies Digest);

/** So many members of one file that end the thread are enough. */
const MAX_LOST = 20;

/**
 * Asks a thread for one digest after the other. What ends the thread, or holds it up, is left out and named by the next thread;
 * an archive loses that member.
 */
class Reader {
  readonly #left = new Map<string, Lost['left']>();
  readonly #command: Command;
  #thread: WatchedThread | null = null;
  #asked: ToDigest = { id: 0, path: '', name: '' };
  #lost = 0;
  #answer: (line: string) => void = () => undefined;

  constructor(args: readonly string[]) {
    this.#command = { name: 'digest', args, terminal: { out: false, err: false }, left: this.#left, input: null, spool: null };
  }

  read(file: string, name: string): Promise<string> {
    this.#asked = { id: this.#asked.id + 1, path: file, name };
    this.#lost = 0;
    return new Promise((answer) => {
      this.#answer = answer;
      this.#ask();
    });
  }

  async end(): Promise<void> {
    await this.#thread?.end();
  }

  #ask(): void {
    this.#thread ??= this.#start();
    this.#thread.post(this.#asked);
  }

  #start(): WatchedThread {
    return watchThread(this.#command, {
      said: (said) => {
        if ('write' in said) process.stderr.write(said.text);
        else if ('made' in said && said.made === this.#asked.id) this.#answer(said.digest);
      },
      lost: ({ uri, left }) => {
        this.#left.set(uri, left);
        this.#thread = null;
        if (++this.#lost < MAX_LOST) this.#ask();
        else this.#answer(notRead(this.#asked.name, INPUTS.tooManyEnded(MAX_LOST)));
      },
      died: (why) => {
        this.#thread = null;
        this.#answer(notRead(this.#asked.name, INPUTS.threadEnded(why)));
      },
    });
  }
}
