// Child processes with an honest end: output shown or kept, a time limit, and the exit code as a value.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { callOf, enderOf } from './call.mjs';
import { root } from './paths.mjs';

const windows = process.platform === 'win32';

/**
 * Runs a program to its end. With `quiet`, output is kept and returned instead of shown.
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, timeout?: number, input?: string | Uint8Array, uid?: number}} [options] timeout in ms; `uid`: as another user and their group
 * @returns {Promise<{code: number, stdout: string, stderr: string, timedOut: boolean}>} code 1 also for a signal or a program that is missing
 */
export function run(program, args, options = {}) {
  const { cwd = root, env = process.env, quiet = false, timeout, input, uid } = options;
  return new Promise((resolve) => {
    const { command, args: given, shell } = callOf(program, args);
    const child = spawn(command, given, {
      cwd,
      env,
      shell,
      ...(uid === undefined ? {} : { uid, gid: uid }),
      detached: !windows && timeout !== undefined,
      stdio: [input === undefined ? (quiet ? 'ignore' : 'inherit') : 'pipe', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            killTree(child.pid);
          }, timeout);
    const end = (/** @type {number} */ code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr, timedOut });
    };
    child.on('error', (error) => {
      stderr += String(error);
      end(1);
    });
    child.on('close', (code) => end(timedOut ? 1 : (code ?? 1)));
    if (input !== undefined) child.stdin?.end(input);
  });
}

/** Maven, in a folder, without its output. @param {readonly string[]} args @param {string} cwd @param {'ignore' | 'inherit'} [errors] */
export function maven(args, cwd, errors = 'ignore') {
  const call = callOf('mvn', ['-q', '-B', ...args]);
  execFileSync(call.command, call.args, { cwd, shell: call.shell, stdio: ['ignore', 'ignore', errors] });
}

/** Ends a process that was started `detached`, with all of its children. @param {number | undefined} pid @param {NodeJS.Signals} [signal] */
export function killTree(pid, signal = 'SIGKILL') {
  if (pid === undefined) return;
  const ender = enderOf(pid);
  if (ender !== null) {
    spawnSync(ender.command, ender.args, { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // already gone
  }
}

/** npm with the node that runs this script, or the npm on the path. @param {string[]} args @param {Parameters<typeof run>[2]} [options] */
export function npm(args, options) {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('.js') ? run(process.execPath, [cli, ...args], options) : run('npm', args, options);
}

/** @param {string} message @returns {never} */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
