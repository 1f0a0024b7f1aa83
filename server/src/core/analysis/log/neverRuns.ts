import type { Execution, LogModel, StateChange } from '../../log/model.ts';

/** A task of which subtasks were being initialised when the text ends, long after they had begun. */
export interface NeverRuns {
  task: string;
  /** "3/4", those that the text names. */
  subtasks: string[];
  state: 'INITIALIZING' | 'DEPLOYING';
  /** Milliseconds from the first switch into that state to the end of the text. */
  for: number;
  /** The switch of the first of them. */
  since: StateChange;
  /** Checkpoints that were not triggered since then because not all tasks run. */
  refused: number;
}

/** Restoring much state may take longer, but then somebody wants to know as well. */
const LONG = 3 * 60_000;
const STATES: ReadonlySet<string> = new Set(['INITIALIZING', 'DEPLOYING']);
const MAX_TASKS = 50;

/** In the order in which the text names them. Nothing without times: how long it lasts is all that tells. */
export function neverRuns(log: LogModel): NeverRuns[] {
  const { to } = log;
  if (to === null) return [];
  const found = new Map<string, NeverRuns>();
  for (const execution of log.executions) {
    const since = lastState(execution);
    if (since === null || since.time === null || to - since.time < LONG || execution.task === null) continue;
    if (jobIsOver(log, since)) continue;
    const subtask = execution.subtask === null ? [] : [`${execution.subtask}/${execution.parallelism ?? '?'}`];
    const known = found.get(execution.task);
    if (known !== undefined) known.subtasks.push(...subtask);
    else if (found.size < MAX_TASKS) {
      found.set(execution.task, {
        task: execution.task,
        subtasks: subtask,
        state: since.to as NeverRuns['state'],
        for: to - since.time,
        since,
        refused: log.events.filter(({ id, line, time }) => id === 'checkpoint-not-triggered' && line > since.line && time !== null).length,
      });
    }
  }
  return [...found.values()];
}

/** The state in which an attempt stands at the end of the text, where it has not begun to run. */
function lastState({ states, reported, mentions }: Execution): StateChange | null {
  const last = states.at(-1);
  if (last === undefined || reported !== null || !STATES.has(last.to)) return null;
  // Who frees a task, or cancels it, has seen its end.
  return mentions.some(({ what, line }) => line > last.line && what !== 'received' && what !== 'deploying') ? null : last;
}

const OVER: ReadonlySet<string> = new Set(['FAILING', 'FAILED', 'CANCELLING', 'CANCELED', 'SUSPENDED', 'FINISHED', 'RESTARTING']);

const jobIsOver = (log: LogModel, since: StateChange): boolean =>
  log.jobs.some(({ states }) => states.some(({ to, line }) => line > since.line && OVER.has(to)));
