import type { Symptom } from '../../knowledge/issues/index.ts';
import type { Activity } from '../../knowledge/knownFrames.ts';
import type { Thread, ThreadDump } from '../../threaddump/model.ts';
import type { AnalysedDump } from './model.ts';
import { roleOf, type ThreadRole } from './roles.ts';
import { look, STACKS } from './stackLooks.ts';
import { methodsOf, type Standing, standing } from './standing.ts';

/** What a thread of the dump is for and what it is doing. */
export interface ThreadActivity {
  thread: Thread;
  role: ThreadRole | null;
  standing: Standing | null;
  activity: Activity | 'unknown';
}

/** The subtasks of one job vertex, told by their task threads. */
export interface VertexActivity {
  task: string;
  parallelism: number | null;
  counts: Record<Activity | 'unknown', number>;
  subtasks: ThreadActivity[];
}

const CACHE = new WeakMap<ThreadDump, readonly ThreadActivity[]>();

/** Roles and standings of all threads; computed once a dump, when first asked for. */
export function activitiesOf({ dump, waits }: AnalysedDump): readonly ThreadActivity[] {
  let activities = CACHE.get(dump);
  if (activities === undefined) {
    activities = dump.threads.map((thread) => {
      const role = roleOf(thread.name);
      const known = standing(methodsOf(thread), role?.role.id ?? null, thread.state);
      const wait = waits.waits.get(thread.index);
      // Parked on a lock that somebody holds is as blocked as waiting for a monitor.
      const blocked = wait !== undefined && (thread.state === 'BLOCKED' || wait.owner !== null);
      const activity = blocked
        ? 'blocked'
        : (known?.known.activity ?? (thread.state === 'RUNNABLE' && role?.role.id === 'task' ? 'busy' : 'unknown'));
      return { thread, role, standing: known, activity };
    });
    CACHE.set(dump, activities);
  }
  return activities;
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
  return { idle: 0, 'back-pressured': 0, undecidable: 0, busy: 0, blocked: 0, external: 0, state: 0, checkpoint: 0, memory: 0, unknown: 0 };
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
  return result;
}

const OUTPUT_BUFFERS = look('outputBuffers');
const NETWORK_BUFFERS = look('networkBuffers');

/** Whether any thread may wait for an output buffer: without one there is neither back-pressure nor a bottleneck to look for. */
export function mayBeBackPressured({ dump }: AnalysedDump): boolean {
  return STACKS.any(dump, OUTPUT_BUFFERS);
}

/** Whether any thread may wait for buffers of the whole TaskManager. */
export function mayLackNetworkBuffers({ dump }: AnalysedDump): boolean {
  return STACKS.any(dump, NETWORK_BUFFERS);
}
