import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from './thread.ts';
import type { CommandName } from './usage.ts';
import { type Lost, watchThread } from './watchedThread.ts';
import { INPUTS } from './words.ts';

/** So many files that end or hold up the thread are enough. */
const MAX_THREADS = 20;

/** How a thread ended: with the exit code of the command, or at a file that it did not get beyond. */
type Outcome = { code: number } | Lost;

/**
 * Runs a command in a thread of its own, so that it can be ended where its code does not give way. It then begins anew
 * without the file that it was at, and passes by what it has written already.
 */
export async function runCommand(name: CommandName, args: readonly string[]): Promise<number> {
  if (!args.includes('-')) return supervise({ name, args, input: null, spool: null });
  if (name !== 'merge') return supervise({ name, args, input: await standardInput(), spool: null });
  const scratch = await mkdtemp(path.join(tmpdir(), 'logjam-input-'));
  try {
    const spool = path.join(scratch, 'digests');
    await pipeline(process.stdin, createWriteStream(spool));
    return await supervise({ name, args, input: null, spool });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function supervise({ name, args, input, spool }: Pick<Command, 'name' | 'args' | 'input' | 'spool'>): Promise<number> {
  const left = new Map<string, Lost['left']>();
  const terminal = { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true };
  // What was put right is not put right again: there the second answer is another one.
  const again = !args.includes('--fix');
  const written = { out: 0, err: 0 };
  while (left.size < MAX_THREADS) {
    const passed = again ? { ...written } : { out: 0, err: 0 };
    const outcome = await runThread({ name, args, terminal, left, input, spool }, (to, bytes) => {
      const skipped = Math.min(passed[to], bytes.length);
      passed[to] -= skipped;
      written[to] += bytes.length - skipped;
      if (skipped < bytes.length) (to === 'out' ? process.stdout : process.stderr).write(bytes.subarray(skipped));
    });
    if ('code' in outcome) return outcome.code;
    left.set(outcome.uri, outcome.left);
  }
  throw new Error(INPUTS.tooManyEnded(MAX_THREADS));
}

function runThread(command: Command, write: (to: 'out' | 'err', bytes: Uint8Array) => void): Promise<Outcome> {
  return new Promise<Outcome>((resolve, reject) => {
    const thread = watchThread(command, {
      said: (said) => {
        if ('code' in said) void thread.end().then(() => resolve(said));
        else if ('write' in said) write(said.write, typeof said.text === 'string' ? Buffer.from(said.text) : said.text);
      },
      lost: resolve,
      died: (why) => reject(new Error(why)),
    });
  });
}

async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
