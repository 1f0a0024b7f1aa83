import type { IncidentEvidence, IncidentSubtask, IncidentVertex } from '../../../../common/incident.ts';
import { say } from '../wording.ts';
import type { TaskThread } from './digest/model.ts';
import type { Joined, JoinedDump } from './joined.ts';
import { lineAt } from './rules/firstFailure.ts';
import { placeIn } from './rules/rule.ts';
import { type Silent, silentSubtasks } from './rules/silentSubtasks.ts';
import { ENTRIES, evidenceSentence } from './words.ts';

const MAX_VERTICES = 200;

/** From the worst to what says nothing. */
const WORST: readonly string[] = [
  'waiting',
  'blocked',
  'memory',
  'external',
  'state',
  'checkpoint',
  'busy',
  'back-pressured',
  'unknown',
  'undecidable',
  'idle',
];

interface Seen {
  dump: JoinedDump;
  thread: TaskThread;
}

/** The vertices of the jobs: of plans, else as logs and dumps name them. */
export function verticesOf(joined: Joined): IncidentVertex[] {
  const { plans, dumps, log } = joined;
  const vertices = new Map<string, IncidentVertex>();
  const vertex = (name: string, parallelism: number | null): IncidentVertex => {
    const known = vertices.get(name) ?? { id: null, name, parallelism, busy: null, backPressured: null, worst: null };
    known.parallelism ??= parallelism;
    vertices.set(name, known);
    return known;
  };
  // Operators before they are chained are no vertices.
  for (const { format, vertices: own } of plans)
    if (format === 'rest-job' || format === 'rest-plan')
      for (const { id, name, parallelism, busy, backPressured } of own) {
        const one = vertex(name, parallelism);
        one.id ??= id;
        one.busy ??= busy;
        one.backPressured ??= backPressured;
      }
  const seen = new Map<string, Seen[]>();
  for (const dump of dumps)
    for (const thread of dump.tasks) {
      vertex(thread.task, thread.parallelism);
      seen.set(thread.task, [...(seen.get(thread.task) ?? []), { dump, thread }]);
    }
  for (const { task, parallelism } of log?.log.executions ?? []) if (task !== null) vertex(task, parallelism);
  const lastLines = lastLinesOf(joined);
  const silent = silentSubtasks(joined);
  for (const one of vertices.values())
    one.worst = worstOf(joined, one.name, {
      threads: seen.get(one.name) ?? [],
      lastLines,
      silent: silent.find(({ task }) => task === one.name) ?? null,
    });
  return [...vertices.values()].slice(0, MAX_VERTICES);
}

function worstOf(
  { log }: Joined,
  name: string,
  { threads, lastLines, silent }: { threads: readonly Seen[]; lastLines: ReadonlyMap<string, IncidentEvidence>; silent: Silent | null },
): IncidentSubtask | null {
  const failed = log?.log.executions.find(({ task, end, subtask }) => task === name && end === 'FAILED' && subtask !== null);
  const worst = [...threads].filter(({ thread }) => thread.subtask !== null).sort((a, b) => rank(a) - rank(b))[0];
  const stuck = worst !== undefined && rank(worst) < WORST.indexOf('busy');
  const subtask = silent?.subtasks[0] ?? (stuck ? null : failed?.subtask) ?? worst?.thread.subtask ?? failed?.subtask ?? null;
  if (subtask === null) return null;
  const shown = worst !== undefined && worst.thread.subtask === subtask ? worst : threads.find(({ thread }) => thread.subtask === subtask);
  const same =
    shown === undefined ? [] : threads.filter(({ thread }) => thread.thread === shown.thread.thread && thread.activity === shown.thread.activity);
  return {
    subtask,
    attempt: shown?.thread.attempt ?? failed?.attempt ?? null,
    thread:
      shown === undefined
        ? null
        : {
            text: evidenceSentence({
              code: 'thread',
              facts: {
                thread: shown.thread.thread,
                activity: shown.thread.activity,
                at: shown.thread.user ?? shown.thread.external,
                dumps: same.length,
              },
              at: null,
            }),
            at: placeIn(shown.dump.source, shown.thread.line),
          },
    lastLine: lastLines.get(`${name}\n${subtask}`) ?? null,
    checkpoint: silent === null ? null : (silent.phase?.phase ?? 'not acknowledged'),
  };
}

const rank = ({ thread }: Seen): number => {
  const at = WORST.indexOf(thread.activity);
  return at === -1 ? WORST.length : at;
};

const THREAD = /^(.*) \((\d+)\/\d+\)(?:#\d+)?$/s;

/** The last record of the thread of each subtask; where threads are not printed, the last that is said of it. */
function lastLinesOf({ log }: Joined): Map<string, IncidentEvidence> {
  const found = new Map<string, IncidentEvidence>();
  if (log === null) return found;
  for (const { task, subtask, states } of log.log.executions) {
    const last = states.at(-1);
    if (task !== null && subtask !== null && last !== undefined)
      found.set(`${task}\n${subtask}`, {
        text: say(ENTRIES, { code: 'state', facts: { from: last.from, to: last.to } }),
        at: lineAt(log, last.line),
      });
  }
  for (const { thread, message, line } of log.log.records) {
    const match = thread === null ? null : THREAD.exec(thread);
    if (match !== null) found.set(`${match[1]}\n${match[2]}`, { text: message.slice(0, 300), at: lineAt(log, line) });
  }
  return found;
}
