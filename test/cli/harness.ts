// Runs the built command line as a user does.
import { at } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/process.mjs';

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** `logjam ARGS…`; `input` is what comes on standard input, `node` are options of Node. Paths are relative to the project unless `cwd` is given. */
export async function logjam(
  args: string[],
  options: { input?: string | Uint8Array; cwd?: string; timeout?: number; node?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<CliResult> {
  const { node = [], ...others } = options;
  const { code, stdout, stderr, timedOut } = await run(process.execPath, [...node, at('dist/cli/logjam.js'), ...args], {
    quiet: true,
    timeout: 60_000,
    ...others,
  });
  if (timedOut) throw new Error(`logjam ${args.join(' ')} did not end`);
  return { code, stdout, stderr };
}

/** `logjam ARGS… --format json`, read. */
export async function logjamJson<T = unknown>(args: string[], options?: Parameters<typeof logjam>[1]): Promise<{ code: number; value: T }> {
  const { code, stdout, stderr } = await logjam([...args, '--format', 'json'], options);
  try {
    return { code, value: JSON.parse(stdout) as T };
  } catch {
    throw new Error(`no JSON from logjam ${args.join(' ')} (exit ${code}):\n${stdout.slice(0, 500)}\n${stderr}`);
  }
}
