import { ROLE_PATTERNS, ROLES, type Role, type RolePattern } from '../../knowledge/threadRoles.ts';
import { detached } from '../../text.ts';
import type { Thread } from '../../threaddump/model.ts';
import { firstCharacters } from './firstCharacters.ts';

/** A thread's role with what its name tells of the task behind it. */
export interface ThreadRole {
  role: Role;
  /** "Join(xxxxxx)", without subtask and attempt. */
  task: string | null;
  /** 1-based, as Flink prints it. */
  subtask: number | null;
  parallelism: number | null;
  attempt: number | null;
}

const BY_ID = new Map(ROLES.map((role) => [role.id, role]));

/** With which characters a name can begin that a pattern matches, in the order of the patterns; null: with any. */
const FIRSTS = ROLE_PATTERNS.map((entry) => ({ entry, firsts: firstCharacters(entry.pattern) }));
const CANDIDATES = new Map<string, readonly RolePattern[]>();

/** The patterns that are worth a try for a name. */
function candidates(first: string): readonly RolePattern[] {
  let found = CANDIDATES.get(first);
  if (found === undefined) {
    found = FIRSTS.flatMap(({ entry, firsts }) => (firsts === null || firsts.has(first) ? [entry] : []));
    CANDIDATES.set(first, found);
  }
  return found;
}

const SUBTASK = /^(?<task>.+) \((?<i>\d+)\/(?<n>\d+)\)(?:#(?<attempt>\d+))?$/;

/** By the class with which a stack begins, where the name tells nothing: it is lost, blacked out or was changed. */
const BY_FRAME: readonly (readonly [role: string, frame: RegExp])[] = [
  ['task', /^org\.apache\.flink\.runtime\.taskmanager\.Task\.(?:run|doRun|restoreAndInvoke)$/],
  ['split-fetcher', /\.source\.reader\.fetcher\.SplitFetcher\.run$/],
  ['legacy-source', /\.SourceStreamTask\$LegacySourceFunctionThread\.run$/],
];
/** Only the JDK's frames stand further out. */
const OUTERMOST = 8;

/** The role of a thread by its name, else by what it runs. */
export function roleOfThread(thread: Thread): ThreadRole | null {
  const named = roleOf(thread.name);
  if (named !== null || thread.stackText?.includes('org.apache.flink.') === false) return named;
  const outermost = thread.methods.slice(-OUTERMOST);
  const id = BY_FRAME.find(([, frame]) => outermost.some((method) => frame.test(method)))?.[0];
  const role = id === undefined ? undefined : BY_ID.get(id);
  return role === undefined ? null : { role, task: null, subtask: null, parallelism: null, attempt: null };
}

/** Names that were looked at before: the dumps of one process have the same over and over. */
const KNOWN = new Map<string, ThreadRole | null>();
const MAX_KNOWN = 20_000;
/** Longer names are none of a program that means well, and are not kept. */
const MAX_NAME = 500;

/** The role that a thread's name tells, or null for a name that is none of Flink's, a known library's or the JVM's. */
export function roleOf(name: string): ThreadRole | null {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const own = detached(name);
  const role = roleIn(own);
  if (KNOWN.size >= MAX_KNOWN) KNOWN.clear();
  if (own.length <= MAX_NAME) KNOWN.set(own, role);
  return role;
}

function roleIn(name: string): ThreadRole | null {
  for (const { role: id, pattern } of candidates(name.charAt(0))) {
    const match = pattern.exec(name);
    if (match === null) continue;
    const role = BY_ID.get(id);
    if (role === undefined) return null;
    const task = match.groups?.['task'] ?? null;
    const subtask = task === null ? null : SUBTASK.exec(task);
    const number = (group: string): number | null => (subtask?.groups?.[group] === undefined ? null : Number(subtask.groups[group]));
    return { role, task: subtask?.groups?.['task'] ?? task, subtask: number('i'), parallelism: number('n'), attempt: number('attempt') };
  }
  return null;
}

/** "Join (34/256)": the task that a thread works for, with its subtask where that is known. */
export const taskOfRole = ({ task, subtask, parallelism }: ThreadRole): string | null =>
  task === null || subtask === null ? task : `${task} (${subtask}/${parallelism})`;
