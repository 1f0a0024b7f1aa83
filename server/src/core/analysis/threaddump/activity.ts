import type { Symptom } from '../../knowledge/issues/index.ts';
import type { Activity } from '../../knowledge/knownFrames.ts';
import type { Thread, ThreadDump } from '../../threaddump/model.ts';
import { occurs } from './dumpMethods.ts';
import { type HiddenWait, hiddenWaitOf } from './hiddenWaits.ts';
import type { AnalysedDump } from './model.ts';
import { roleOf, roleOfThread, type ThreadRole } from './roles.ts';
import { type Standing, standing } from './standing.ts';
import type { WaitGraph } from './waits/model.ts';

/** What a thread of the dump is for and what it is doing. */
export interface ThreadActivity {
  thread: Thread;
  role: ThreadRole | null;
  standing: Standing | null;
  activity: Activity | 'unknown';
  /** Where it waits in user or connector code. */
  wait: HiddenWait | null;
}

/** The subtasks of one job vertex, told by their task threads. */
export interface VertexActivity {
  task: string;
  parallelism: number | null;
  counts: Record<Activity | 'unknown', number>;
  subtasks: ThreadActivity[];
}

/** What is known of the threads of a dump, each when it is first asked for: a hover looks at one of thousands. */
class Activities {
  readonly #threads: readonly Thread[];
  readonly #waits: WaitGraph['waits'];
  /** By its stack alone; both by the index of the thread. */
  readonly #own: ThreadActivity[] = [];
  readonly #whole: ThreadActivity[] = [];
  #all: readonly ThreadActivity[] | null = null;
  #fetchers: ReadonlyMap<string, readonly Thread[]> | null = null;

  constructor({ dump, waits }: AnalysedDump) {
    this.#threads = dump.threads;
    this.#waits = waits.waits;
  }

  get all(): readonly ThreadActivity[] {
    this.#all ??= this.#threads.map((thread) => this.of(thread));
    return this.#all;
  }

  of(thread: Thread): ThreadActivity {
    const known = this.#whole[thread.index] ?? this.#throughHelpers(this.#byItself(thread));
    this.#whole[thread.index] = known;
    return known;
  }

  #byItself(thread: Thread): ThreadActivity {
    const known = this.#own[thread.index] ?? ownActivity(thread, this.#waits);
    this.#own[thread.index] = known;
    return known;
  }

  /**
   * A subtask does what its helpers do: a task thread that waits for the checkpoint lock is back-pressured where the source
   * thread that holds it waits for buffers, and one that waits for mail is stuck where all of its split fetchers are.
   */
  #throughHelpers(one: ThreadActivity): ThreadActivity {
    if (one.role?.role.id !== 'task') return one;
    const holder = this.#threads[this.#waits.get(one.thread.index)?.owner ?? -1];
    const owner = holder === undefined ? null : this.#byItself(holder);
    if (owner?.role?.role.id === 'legacy-source' && subtaskOf(owner) === subtaskOf(one)) {
      return owner.activity === 'back-pressured' || owner.activity === 'waiting' ? { ...one, activity: owner.activity } : one;
    }
    if (one.activity !== 'idle' && one.activity !== 'undecidable') return one;
    this.#fetchers ??= fetchersIn(this.#threads);
    const own = this.#fetchers.get(subtaskOf(one));
    return own?.every((fetcher) => this.#byItself(fetcher).wait !== null) === true ? { ...one, activity: 'waiting' } : one;
  }
}

const CACHE = new WeakMap<ThreadDump, Activities>();

function activities(analysed: AnalysedDump): Activities {
  let known = CACHE.get(analysed.dump);
  if (known === undefined) {
    known = new Activities(analysed);
    CACHE.set(analysed.dump, known);
  }
  return known;
}

/** Roles and standings of all threads, by their indices; computed once a dump, when first asked for. */
export const activitiesOf = (analysed: AnalysedDump): readonly ThreadActivity[] => activities(analysed).all;

/** The same of one thread, at the cost of that one and its helpers. */
export const activityOf = (analysed: AnalysedDump, thread: Thread): ThreadActivity => activities(analysed).of(thread);

function ownActivity(thread: Thread, waits: WaitGraph['waits']): ThreadActivity {
  const role = roleOfThread(thread);
  const known = standing(thread.methods, role?.role.id ?? null, thread.state);
  const wait = waits.get(thread.index);
  // Parked on a lock that somebody holds is as blocked as waiting for a monitor.
  const blocked = wait !== undefined && (thread.state === 'BLOCKED' || wait.owner !== null);
  const hidden = blocked ? null : hiddenWaitOf(thread, role, known);
  const explained = known?.known.activity ?? (thread.state === 'RUNNABLE' && role?.role.id === 'task' ? 'busy' : 'unknown');
  const waiting = hidden !== null && explained !== 'external';
  // The dump does not show who holds what it waits for, as of a lock that is held for reading.
  const behindNobody = wait !== undefined && explained === 'unknown';
  const activity = blocked ? 'blocked' : waiting ? 'waiting' : behindNobody ? 'blocked' : explained;
  return { thread, role, standing: known, activity, wait: hidden };
}

/** The split fetchers of each subtask: their names tell. */
function fetchersIn(threads: readonly Thread[]): ReadonlyMap<string, readonly Thread[]> {
  const found = new Map<string, Thread[]>();
  for (const thread of threads) {
    const role = roleOf(thread.name);
    if (role?.role.id !== 'split-fetcher') continue;
    const key = subtaskOf({ role });
    const list = found.get(key);
    if (list === undefined) found.set(key, [thread]);
    else list.push(thread);
  }
  return found;
}

/** Task, subtask and attempt: what the names of a subtask's threads have in common. */
export function subtaskOf({ role }: Pick<ThreadActivity, 'role'>): string {
  return role === null ? '' : `${role.task} (${role.subtask}/${role.parallelism})#${role.attempt}`;
}

/** One entry a vertex, in the order in which the dump first names it. */
export function vertices(activities: readonly ThreadActivity[]): VertexActivity[] {
  const found = new Map<string, VertexActivity>();
  for (const activity of activities) {
    const { role } = activity;
    if (role?.role.id !== 'task' || role.task === null) continue;
    const key = `${role.task}/${role.parallelism}`;
    let vertex = found.get(key);
    if (vertex === undefined) {
      vertex = { task: role.task, parallelism: role.parallelism, counts: noCounts(), subtasks: [] };
      found.set(key, vertex);
    }
    vertex.counts[activity.activity]++;
    vertex.subtasks.push(activity);
  }
  return [...found.values()];
}

function noCounts(): VertexActivity['counts'] {
  return {
    idle: 0,
    'back-pressured': 0,
    undecidable: 0,
    busy: 0,
    blocked: 0,
    external: 0,
    state: 0,
    checkpoint: 0,
    memory: 0,
    waiting: 0,
    unknown: 0,
  };
}

/** What the dump shows as a whole, for bugs that leave no lock and no frame behind. */
export function symptoms(activities: readonly ThreadActivity[]): Set<Symptom> {
  const result = new Set<Symptom>();
  const tasks = activities.filter(({ role }) => role?.role.id === 'task');
  const idle = ({ activity }: ThreadActivity): boolean => activity === 'idle' || activity === 'undecidable';
  const sources = tasks.filter(({ role }) => role?.task?.startsWith('Source'));
  const pressed = activities.some(({ activity, role }) => activity === 'back-pressured' && role?.role.group !== 'connector');
  if (pressed) result.add('back-pressure');
  else result.add('no-back-pressure');
  if (tasks.some(idle) && tasks.every((task) => idle(task) || task.activity === 'back-pressured')) result.add('tasks-idle');
  if (sources.length > 0 && sources.every(idle)) result.add('sources-idle');
  if (activities.some(({ role }) => role?.role.id === 'split-fetcher')) result.add('split-fetchers');
  if (activities.some(({ role }) => role?.role.id === 'channel-state-writer')) result.add('unaligned-checkpoints');
  const stands = (pattern: RegExp): boolean => tasks.some(({ thread: { methods } }) => methods.some((method) => pattern.test(method)));
  if (stands(/\.TieredStorageMemoryManagerImpl\.requestBuffer\w*$/)) result.add('hybrid-shuffle-waits');
  if (stands(/^org\.rocksdb\.Checkpoint\.createCheckpoint$/)) result.add('rocksdb-checkpoint');
  return result;
}

const REQUESTS_BUFFER = /(?:requestMemorySegmentBlocking|requestMemorySegment|requestBufferBlocking|requestBufferBuilderBlocking)$/;

/** Whether any thread may wait for an output buffer: without one there is neither back-pressure nor a bottleneck to look for. */
export const mayBeBackPressured = ({ dump }: AnalysedDump): boolean => occurs(dump, REQUESTS_BUFFER);
