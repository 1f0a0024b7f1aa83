import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { isSign } from '../../../common/supervision.ts';
import type { Command, Said } from './thread.ts';
import type { CommandName } from './usage.ts';
import { INPUTS } from './words.ts';

/** How often the thread is asked whether it gives way. In ms. */
const PING_EVERY = 200;
/** So many files that end or hold up the thread are enough. */
const MAX_THREADS = 20;

/** A file of dist/. */
const built = (...names: string[]): string => path.join(__dirname, '..', ...names);

type Left = Command['left'] extends ReadonlyMap<string, infer L> ? L : never;

/** How a thread ended: with the exit code of the command, or at a file that it did not get beyond. */
type Outcome = { code: number } | { uri: string; left: Left };

/**
 * Runs a command in a thread of its own, so that it can be ended where its code does not give way. It then begins anew
 * without the file that it was at, and passes by what it has written already.
 */
export async function runCommand(name: CommandName, args: readonly string[]): Promise<number> {
  const left = new Map<string, Left>();
  const input = args.includes('-') ? await standardInput() : null;
  const terminal = { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true };
  // What was put right is not put right again: there the second answer is another one.
  const again = !args.includes('--fix');
  const written = { out: 0, err: 0 };
  while (left.size < MAX_THREADS) {
    const passed = again ? { ...written } : { out: 0, err: 0 };
    const outcome = await runThread({ name, args, terminal, left, input }, (to, bytes) => {
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
  const thread = new Worker(built('server', 'cached.js'), { argv: [built('cli', 'commands.js')], workerData: command });
  let at: { uri: string; limit: number } | null = null;
  let asked: number | null = null;
  return new Promise<Outcome>((resolve, reject) => {
    const timer = setInterval(() => {
      if (at === null) return;
      if (asked === null) {
        asked = performance.now();
        thread.postMessage({ sign: 'ping' });
      } else if (performance.now() - asked >= at.limit * 1000) end({ uri: at.uri, left: { seconds: at.limit } });
    }, PING_EVERY);
    const end = (outcome: Outcome): void => {
      clearInterval(timer);
      thread.removeAllListeners();
      void thread.terminate().then(() => resolve(outcome));
    };
    const died = (why: string): void => {
      if (at !== null) end({ uri: at.uri, left: { why: INPUTS.threadEnded(why) } });
      else {
        clearInterval(timer);
        reject(new Error(why));
      }
    };
    thread.on('message', (said: Said) => {
      if ('code' in said) end(said);
      else if ('write' in said) write(said.write, typeof said.text === 'string' ? Buffer.from(said.text) : said.text);
      else if (isSign(said) && said.sign === 'at') at = said.uri === null ? null : { uri: said.uri, limit: said.limit };
      else if (isSign(said) && said.sign === 'pong') asked = null;
    });
    thread.on('error', (error: NodeJS.ErrnoException) => died(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? INPUTS.outOfMemory : error.message));
    thread.on('exit', (code) => died(INPUTS.exitCode(code)));
  });
}

async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
