/**
 * Child processes that never outlive us: every one that is started here is remembered and killed when this process
 * ends, be it by success, an error, or a signal.
 */
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { callOf, enderOf } from '../../../scripts/lib/call.mjs';

const alive = new Set<ChildProcess>();
const cleanups: (() => void)[] = [];
let hooked = false;

/** Runs `action` (synchronous) when this process ends, last registered first. */
export function atExit(action: () => void): void {
  hook();
  cleanups.push(action);
}

function hook(): void {
  if (hooked) return;
  hooked = true;
  process.on('exit', () => {
    for (const child of alive) kill(child, 'SIGKILL');
    for (const action of cleanups.reverse()) action();
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ender = enderOf(child.pid);
  if (ender !== null) {
    spawnSync(ender.command, ender.args, { stdio: 'ignore' });
    return;
  }
  try {
    // children lead their own group, so that what they started goes with them
    process.kill(-child.pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** Starts a process that is killed with us. `options` as for `child_process.spawn`. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  hook();
  const call = callOf(command, args);
  const child = spawn(call.command, call.args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, shell: call.shell, detached: true });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  child.once('error', () => alive.delete(child));
  return child;
}

/** Kills a process of ours and waits until it is gone. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  kill(child, signal);
  await gone;
}

export interface Ended {
  /** Null: it was ended by a signal. */
  code: number | null;
  stdout: string;
  stderr: string;
}

interface RunOptions extends SpawnOptions {
  /** Whether it is an error when the command fails. */
  check?: boolean;
  timeoutMs?: number;
}

/**
 * Runs a command to its end.
 *
 * @throws when the command cannot be started, runs out of time, or fails and `check` is not false
 */
export async function run(
  command: string,
  args: readonly string[],
  { check = true, timeoutMs = 600_000, ...options }: RunOptions = {},
): Promise<Ended> {
  const child = start(command, args, options);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    kill(child, 'SIGKILL');
  }, timeoutMs);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (expired) throw new Error(`${command} took longer than ${timeoutMs / 1000} s`);
    if (check && code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${tail(stdout + stderr)}`);
    return { code, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}

/** Code of an error of the system, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

function tail(text: string, lines = 30): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What an answer may be while it is not there yet. */
type NotYet = false | null | undefined | '';

/** Asks `probe` until it returns something truthy. @throws when that takes longer than `timeoutMs` */
export async function until<T>(what: string, probe: () => T | Promise<T>, timeoutMs = 60_000, everyMs = 250): Promise<Exclude<T, NotYet>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value) return value as Exclude<T, NotYet>;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs / 1000} s in vain for: ${what}`);
    await sleep(everyMs);
  }
}
