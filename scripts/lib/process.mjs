// Child processes with an honest end: output shown or kept, a time limit, and the exit code as a value.
import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

const windows = process.platform === 'win32';

/**
 * Runs a program to its end. With `quiet`, output is kept and returned instead of shown.
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, timeout?: number, input?: string}} [options] timeout in ms
 * @returns {Promise<{code: number, stdout: string, stderr: string, timedOut: boolean}>} code 1 also for a signal or a program that is missing
 */
export function run(program, args, options = {}) {
  const { cwd = root, env = process.env, quiet = false, timeout, input } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      shell: windows && program === 'npm',
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

/** Ends a process that was started `detached`, with all of its children. @param {number | undefined} pid @param {NodeJS.Signals} [signal] */
export function killTree(pid, signal = 'SIGKILL') {
  if (pid === undefined) return;
  try {
    process.kill(windows ? pid : -pid, signal);
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
