// How a program is started on each system: npm and Maven are batch files on Windows, which only its shell runs.

const BATCH = new Set(['npm', 'npx', 'mvn']);

/**
 * What to give to `spawn`.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} [platform]
 * @returns {{command: string, args: string[], shell: boolean}}
 */
export function callOf(program, args, platform = process.platform) {
  if (platform !== 'win32' || !BATCH.has(program)) return { command: program, args: [...args], shell: false };
  return { command: `${program}.cmd`, args: args.map(quoted), shell: true };
}

/** For `cmd`: within quotes only the quote itself and the percent sign mean something. @param {string} arg */
const quoted = (arg) => (/^[\w@.,:/\\=+-]+$/.test(arg) ? arg : `"${arg.replaceAll('"', '""').replaceAll('%', '"^%"')}"`);

/** A line of an argument file of javac: quoted, since a path may have spaces, with `\` doubled. @param {string} file */
export const argumentLine = (file) => `"${file.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/**
 * The program that ends a process with all of its children; null where a signal to its group does.
 * @param {number} pid
 * @param {string} [platform]
 */
export const enderOf = (pid, platform = process.platform) =>
  platform === 'win32' ? { command: 'taskkill', args: ['/pid', String(pid), '/T', '/F'] } : null;
