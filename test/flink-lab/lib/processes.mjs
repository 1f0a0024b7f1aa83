/**
 * Child processes that never outlive us: every one that is started here is remembered and killed when this process
 * ends, be it by success, an error, or a signal.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const alive = new Set();
const cleanups = [];
let hooked = false;

/** Runs `action` (synchronous) when this process ends, last registered first. */
export function atExit(action) {
  hook();
  cleanups.push(action);
}

function hook() {
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
  ]) {
    process.once(signal, () => process.exit(code));
  }
}

function kill(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    // children lead their own group, so that what they started goes with them
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Starts a process that is killed with us. `options` as for `child_process.spawn`. */
export function start(command, args, options = {}) {
  hook();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: true });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  child.once('error', () => alive.delete(child));
  return child;
}

/** Kills a process of ours and waits until it is gone. */
export async function stop(child, signal = 'SIGKILL') {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  kill(child, signal);
  await gone;
}

/**
 * Runs a command to its end.
 *
 * @returns {Promise<{code: number, stdout: string, stderr: string}>}
 * @throws when the command cannot be started, runs out of time, or fails and `check` is not false
 */
export async function run(command, args, { check = true, timeoutMs = 600_000, ...options } = {}) {
  const child = start(command, args, options);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    kill(child, 'SIGKILL');
  }, timeoutMs);
  try {
    const [code] = await once(child, 'close');
    if (expired) throw new Error(`${command} took longer than ${timeoutMs / 1000} s`);
    if (check && code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${tail(stdout + stderr)}`);
    return { code, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}

function tail(text, lines = 30) {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks `probe` until it returns something truthy. @throws when that takes longer than `timeoutMs` */
export async function until(what, probe, timeoutMs = 60_000, everyMs = 250) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs / 1000} s in vain for: ${what}`);
    await sleep(everyMs);
  }
}
