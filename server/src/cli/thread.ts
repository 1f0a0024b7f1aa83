import { parentPort, workerData } from 'node:worker_threads';
import { isSign, type Sign } from '../../../common/supervision.ts';
import type { ToolDeclaration } from '../assistant/schema.ts';
import { Stopped, TookTooLong } from '../core/checkpoint.ts';
import type { Watch } from '../workspace/watch.ts';
import type { Answered, OnTheWay } from './asking.ts';
import type { DigestMade } from './digesting.ts';
import type { CommandName } from './usage.ts';

/** What the thread of a command is given. */
export interface Command {
  name: CommandName;
  /** Behind the name. */
  args: readonly string[];
  /** It answers an assistant: what was opened before this thread began, paths by their ids. */
  cases?: ReadonlyMap<string, readonly string[]>;
  /** A folder for what is fetched for it. */
  scratch?: string;
  /** Where a person reads what is written. */
  terminal: { out: boolean; err: boolean };
  /** What has ended, or held up, a thread before: it is left out. */
  left: ReadonlyMap<string, { seconds: number } | { why: string }>;
  /** Standard input, where it is read. */
  input: Uint8Array | null;
  /** The file that holds it instead: it may be of any size. */
  spool: string | null;
}

/** What it says to the one who started it. */
export type Said =
  | Sign
  | { write: 'out' | 'err'; text: string | Uint8Array }
  | { code: number }
  | { tools: ToolDeclaration[] }
  | Answered
  | OnTheWay
  | DigestMade;

const ALONE: Command = { name: 'check', args: [], terminal: { out: false, err: false }, left: new Map(), input: null, spool: null };

/** Its parts may be used in other programs as well, where nobody watches over them. */
export const COMMAND: Command = parentPort === null ? ALONE : workerData;

export const say = (what: Said): void => parentPort?.postMessage(what);

export function write(to: 'out' | 'err', text: string | Uint8Array): void {
  if (parentPort !== null) say({ write: to, text });
  else (to === 'out' ? process.stdout : process.stderr).write(text);
}

export const ended = (code: number): void => say({ code });

parentPort?.on('message', (message: unknown) => {
  if (isSign(message) && message.sign === 'ping') say({ sign: 'pong' });
});

/** Says what runs, so that it can be ended where it does not give way; what was ended before is not begun again. */
export const watch: Watch = {
  enter(uri, limit) {
    const left = COMMAND.left.get(uri);
    if (left !== undefined) throw 'seconds' in left ? new TookTooLong(left.seconds) : new Stopped(left.why);
    say({ sign: 'at', uri, limit });
  },
  leave: () => say({ sign: 'at', uri: null, limit: 0 }),
  // Whoever runs it is told by the exception.
  stopped: () => undefined,
};
