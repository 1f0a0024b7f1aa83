import type { Span } from '../../../../../../common/span.ts';
import type { TimelineInterval, TimelineLane, TimelineMark } from '../../../../../../common/timeline.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { subtaskLabel } from '../../../log/executions.ts';
import type { Execution } from '../../../log/model.ts';
import { shortTask } from '../../../log/taskNames.ts';
import { rootOf, throwableTitle } from '../../../log/traces/throwables.ts';
import { type AttemptContext, attemptInterval, stateIntervals } from './attempts.ts';
import { type At, MAX_ITEMS } from './shared.ts';
import { togetherIntervals } from './together.ts';
import { SUBTASKS } from './words.ts';

/** Lanes of subtasks in all; those that failed come first. */
const MAX_LANES = 2000;
/** With more subtasks than this a task is shown as one lane that can be opened. */
const MAX_OPEN = 60;
/** Intervals of all lanes together: beyond it a lane shows an attempt as one interval instead of state by state. */
const MAX_INTERVALS = 40_000;

/** Shortest part of the time that the lane of a task shows. */
const SHARES = 2000;

interface Row {
  task: string;
  subtask: number | null;
  executions: { execution: Execution; index: number; begin: number }[];
  failed: boolean;
}

export interface SubtaskLanes {
  lanes: TimelineLane<Span>[];
  /** Subtasks that have no lane. */
  left: number;
  /** Lanes whose attempts are drawn as one interval each. */
  coarse: boolean;
  /** Id of the mark of every execution that failed. */
  failures: Map<number, string>;
}

/** Every task with its subtasks: each subtask once, its attempts one behind the other. */
export function subtaskLanes(analysis: LogAnalysis, at: At, end: number): SubtaskLanes {
  const rows = rowsOf(analysis, at);
  const shown = rows.length <= MAX_LANES ? rows : [...rows.filter((row) => row.failed), ...rows.filter((row) => !row.failed)].slice(0, MAX_LANES);
  const states = shown.reduce((sum, row) => sum + row.executions.reduce((of, { execution }) => of + execution.states.length + 1, 0), 0);
  const coarse = states > MAX_INTERVALS;
  const context: AttemptContext = { at, end, logBegin: analysis.log.clock === 'none' ? 0 : (analysis.log.from ?? 0) };
  const byTask = new Map<string, Row[]>();
  for (const row of shown) {
    const members = byTask.get(row.task);
    if (members === undefined) byTask.set(row.task, [row]);
    else members.push(row);
  }
  const lanes: TimelineLane<Span>[] = [];
  const failures = new Map<number, string>();
  for (const [task, members] of byTask) {
    const parent = `task:${task}`;
    members.sort((a, b) => (a.subtask ?? 0) - (b.subtask ?? 0));
    const own = members.map((row) => subtaskLane(analysis, row, parent, coarse, context, failures));
    lanes.push({
      id: parent,
      kind: 'task',
      label: shortTask(task, 60),
      intervals: own.length === 1 ? [] : togetherIntervals(parent, own, (end - context.logBegin) / SHARES),
      // Only seen while the lanes of the subtasks are not.
      marks: own
        .flatMap((lane) => lane.marks.filter((mark) => mark.kind !== 'cancel'))
        .sort((a, b) => a.at - b.at)
        .slice(0, MAX_ITEMS)
        .map((mark) => ({ ...mark, id: `${parent}|${mark.id}` })),
      collapsed: shown.length > MAX_OPEN && own.length > 1,
      description: SUBTASKS.task(task, own.length),
    });
    lanes.push(...own);
  }
  return { lanes, left: rows.length - shown.length, coarse, failures };
}

function rowsOf({ log }: LogAnalysis, at: At): Row[] {
  const rows = new Map<string, Row>();
  for (const [index, execution] of log.executions.entries()) {
    const first = [...execution.states.slice(0, 1), ...execution.mentions.slice(0, 1), ...(execution.reported === null ? [] : [execution.reported])];
    if (first.length === 0) continue;
    const key = `${execution.vertex ?? ''}|${execution.task ?? execution.id}|${execution.subtask}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = { task: execution.task ?? execution.id ?? '?', subtask: execution.subtask, executions: [], failed: false };
      rows.set(key, row);
    }
    row.executions.push({ execution, index, begin: Math.min(...first.map(at)) });
    row.failed ||= execution.end === 'FAILED';
  }
  for (const row of rows.values()) row.executions.sort((a, b) => a.begin - b.begin);
  return [...rows.values()];
}

function subtaskLane(
  analysis: LogAnalysis,
  row: Row,
  parent: string,
  coarse: boolean,
  context: AttemptContext,
  failures: Map<number, string>,
): TimelineLane<Span> {
  const { at } = context;
  const intervals: TimelineInterval<Span>[] = [];
  const marks: TimelineMark<Span>[] = [];
  let left = 0;
  for (const [position, { execution, index }] of row.executions.entries()) {
    if (intervals.length >= MAX_ITEMS) {
      left++;
      continue;
    }
    // An attempt of which no end is printed was over when the next one of the same subtask began.
    const next = row.executions[position + 1]?.begin ?? null;
    intervals.push(...(coarse ? attemptInterval(execution, index, next, context) : stateIntervals(execution, index, next, context)));
    const failed =
      execution.states.find((state) => state.to === 'FAILED') ?? (execution.reported?.state === 'FAILED' ? execution.reported : undefined);
    if (failed !== undefined) {
      const mark = failureMark(analysis, execution, index, at(failed), failed.span);
      failures.set(index, mark.id);
      marks.push(mark);
    }
    const cancel = execution.mentions.find((mention) => mention.what === 'cancel-attempt');
    if (cancel !== undefined)
      marks.push({
        id: `cancel:${index}`,
        at: at(cancel),
        label: SUBTASKS.cancel,
        tone: 'cancelled',
        kind: 'cancel',
        place: cancel.span,
        description: SUBTASKS.cancelled,
      });
  }
  const label = subtaskLabel(row.executions[0]?.execution ?? { subtask: null, parallelism: null }) ?? '?';
  return {
    id: `${parent}|${row.subtask}`,
    kind: 'subtask',
    label,
    parent,
    intervals,
    marks,
    description: SUBTASKS.lane(label, shortTask(row.task), row.executions.length),
    ...(left > 0 ? { left } : {}),
  };
}

function failureMark(analysis: LogAnalysis, execution: Execution, index: number, time: number, place: Span): TimelineMark<Span> {
  const exception = execution.exception === null ? undefined : analysis.log.exceptions[execution.exception];
  const cause = exception === undefined ? SUBTASKS.noException : throwableTitle(rootOf(exception));
  const isFirst = analysis.failures.first?.execution === index;
  return {
    id: `failure:${index}`,
    at: time,
    label: SUBTASKS.failed(isFirst),
    tone: 'bad',
    kind: isFirst ? 'first-failure' : 'failure',
    place,
    description: SUBTASKS.failure(isFirst, subtaskLabel(execution) ?? '?', cause),
    details: [
      ...(execution.attempt === null ? [] : [[SUBTASKS.attempt, String(execution.attempt)] as [string, string]]),
      ...(execution.location === null ? [] : [[SUBTASKS.where, execution.location] as [string, string]]),
    ],
  };
}
