import type { TaskThread } from '../digest/model.ts';
import type { JoinedDump } from '../joined.ts';
import { type Conclusion, type Evidence, type IncidentRule, placeIn, repeated, taskOf, textFact, told } from './rule.ts';

/** So many subtasks that wait for one lock are a queue, and so is one in so many dumps: a TaskManager may have two slots. */
const ENOUGH = 2;

interface Queue {
  dump: JoinedDump;
  threads: TaskThread[];
}

/** Subtasks of one vertex that work under one lock: one at a time, whatever the parallelism. */
export const convoy: IncidentRule = {
  code: 'convoy',
  check: (joined) => {
    const found = new Map<string, Queue[]>();
    for (const dump of joined.dumps) for (const [key, threads] of queuesIn(dump)) found.set(key, [...(found.get(key) ?? []), { dump, threads }]);
    const lasting = [...found.values()].filter((queues) => queues.length >= ENOUGH || queues.some(({ threads }) => threads.length >= ENOUGH));
    return lasting.map((queues): Conclusion => {
      const thread = queues[0]?.threads[0] as TaskThread;
      const lock = thread.blocked?.lock ?? '';
      return {
        cause: {
          code: 'convoy',
          facts: { task: thread.task, lock, waiting: Math.max(...queues.map(({ threads }) => threads.length)), dumps: queues.length },
        },
        certainty: 'suspected',
        rank: 60 + repeated(queues.length),
        evidence: queues.slice(0, 3).map(
          ({ dump, threads }): Evidence => ({
            code: 'blocked',
            facts: { waiting: threads.map(({ thread: name }) => name), lock, holder: threads[0]?.blocked?.holder ?? null },
            at: placeIn(dump.source, threads[0]?.line ?? dump.line),
          }),
        ),
        since: queues[0]?.dump.at ?? null,
        knownIssue: null,
        advice: [],
      };
    });
  },
};

/** Subtasks that wait for a lock which another subtask of their vertex holds, by vertex and lock. */
function queuesIn({ tasks, deadlocks }: JoinedDump): Map<string, TaskThread[]> {
  const queues = new Map<string, TaskThread[]>();
  const forEver = withBehind(new Set(deadlocks.flatMap(({ threads }) => threads)), tasks);
  for (const thread of tasks) {
    const { blocked, task } = thread;
    // Who is in a deadlock or behind one does not work one at a time: it does not work.
    if (blocked === null || blocked.holder === null || forEver.has(thread.thread) || taskOf(blocked.holder) !== task) continue;
    const key = `${task}\n${blocked.lock}`;
    queues.set(key, [...(queues.get(key) ?? []), thread]);
  }
  return queues;
}

/** Those that never go on, with whoever waits for one of them. */
function withBehind(dead: ReadonlySet<string>, tasks: readonly TaskThread[]): ReadonlySet<string> {
  const found = new Set(dead);
  if (dead.size === 0) return found;
  const behind = new Map<string, string[]>();
  for (const { thread, blocked } of tasks) {
    if (blocked?.holder == null) continue;
    const list = behind.get(blocked.holder);
    if (list === undefined) behind.set(blocked.holder, [thread]);
    else list.push(thread);
  }
  // What is found is looked at in its turn.
  for (const holder of found) for (const thread of behind.get(holder) ?? []) found.add(thread);
  return found;
}

/** A task that waits for a lock whose holder does not go on. */
export const lockHeld: IncidentRule = {
  code: 'lock-held',
  check: ({ findings, dumps }) =>
    findings
      .filter(({ id, facts }) => id === 'task-waits-for-lock' && typeof facts['holder'] === 'string')
      .map((group): Conclusion => {
        const name = textFact(group, 'thread');
        const lock = dumps.flatMap(({ tasks }) => tasks).find(({ thread }) => thread === name)?.blocked?.lock ?? '';
        return {
          cause: { code: 'lock-held', facts: { task: taskOf(name), lock, holder: textFact(group, 'holder'), dumps: group.sources.length } },
          certainty: group.certainty,
          rank: 45 + repeated(group.sources.length),
          evidence: [told(group)],
          since: null,
          knownIssue: null,
          advice: group.advice,
        };
      }),
};
