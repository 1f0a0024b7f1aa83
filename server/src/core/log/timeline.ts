import type { Span } from '../../../../common/span.ts';
import type {
  TimelineBand,
  TimelineDocument,
  TimelineInterval,
  TimelineLane,
  TimelineLink,
  TimelineMark,
  TimelineTone,
} from '../../../../common/timeline.ts';
import { subtaskLabel, TERMINAL } from '../analysis/executions.ts';
import type { GcTrack } from '../analysis/gcJoin.ts';
import type { Execution, LogAnalysis, LogEvent } from './model.ts';
import { shortTask } from './taskNames.ts';
import { rootOf, throwableTitle } from './throwables.ts';
import { formatDuration } from './time.ts';

const MOST_LANES = 300;
const MOST_ITEMS = 4000;

const TONES: Record<string, TimelineTone> = {
  CREATED: 'waiting',
  SCHEDULED: 'waiting',
  DEPLOYING: 'waiting',
  INITIALIZING: 'waiting',
  RECONCILING: 'waiting',
  RUNNING: 'running',
  FINISHED: 'good',
  CANCELING: 'cancelled',
  CANCELED: 'cancelled',
  FAILED: 'bad',
  FAILING: 'bad',
  CANCELLING: 'cancelled',
  RESTARTING: 'warning',
  SUSPENDED: 'warning',
};

/** Lanes per job and subtask with their states, checkpoints, exceptions and, where they are known, GC pauses. */
export function logTimeline(analysis: LogAnalysis, gc: GcTrack | null = null): TimelineDocument<Span> {
  const { log } = analysis;
  const timed = log.clock !== 'none';
  const at = (item: { time: number | null; line: number }): number => (timed ? (item.time ?? log.from ?? 0) : item.line);
  const from = timed ? (log.from ?? 0) : 0;
  const to = timed ? (log.to ?? from) : Math.max(1, ...log.records.slice(-1).map((record) => record.line));
  const failures = new Map<Execution | undefined, string>();
  const lanes: TimelineLane<Span>[] = [...jobLanes(analysis, at)];
  const subtasks = subtaskLanes(analysis, at, to, failures);
  lanes.push(...subtasks.lanes);
  lanes.push(...checkpointLane(analysis, at, to), ...exceptionLane(analysis, at), ...memoryLane(analysis, at), ...gcLane(gc));
  const notes: string[] = [];
  if (subtasks.left > 0) notes.push(`${subtasks.left} more subtasks are left out; those that failed come first.`);
  if (log.clockSteps.length > 0)
    notes.push(`The clock steps back in ${log.clockSteps.length} place${log.clockSteps.length === 1 ? '' : 's'}; times are shown as written.`);
  if (log.clock === 'day') notes.push('The log has times without dates.');
  if (log.clock === 'none') notes.push('The log has no times: the axis counts lines.');
  if (gc?.offset != null) notes.push(`Times of ${gc.source} are shifted by ${formatDuration(gc.offset.ms)}: ${gc.offset.why}.`);
  const items = lanes.some((lane) => lane.intervals.length + lane.marks.length > 0);
  return {
    title: 'Timeline',
    clock: { unit: log.clock === 'epoch' ? 'epoch' : log.clock === 'day' ? 'day' : 'line', zone: log.zone },
    from,
    to: Math.max(from, to),
    lanes,
    bands: attemptBands(analysis, at, to),
    links: failureLinks(analysis, failures),
    legend: [
      { tone: 'waiting', text: 'Not running yet: created, scheduled, deploying, initializing' },
      { tone: 'running', text: 'Running' },
      { tone: 'good', text: 'Finished, completed' },
      { tone: 'cancelled', text: 'Cancelled' },
      { tone: 'warning', text: 'Restarting, declined, late' },
      { tone: 'bad', text: 'Failed' },
    ],
    ...(items ? {} : { empty: 'The log speaks of no job, task, checkpoint or exception that could be drawn.' }),
    notes,
  };
}

type At = (item: { time: number | null; line: number }) => number;

function jobLanes({ log }: LogAnalysis, at: At): TimelineLane<Span>[] {
  return log.jobs.slice(0, 50).map((job) => {
    const intervals: TimelineInterval<Span>[] = [];
    for (const [index, state] of job.states.slice(0, MOST_ITEMS).entries()) {
      const next = job.states[index + 1];
      const start = at(state);
      const final = state.to === 'FINISHED' || state.to === 'FAILED' || state.to === 'CANCELED';
      intervals.push({
        id: `job:${job.id}:${index}`,
        from: start,
        to: next === undefined ? (final ? start : null) : Math.max(start, at(next)),
        label: state.to,
        tone: TONES[state.to] ?? 'neutral',
        place: state.span,
        description: `Job ${job.name ?? job.id} went from ${state.from} to ${state.to}.`,
      });
    }
    return {
      id: `job:${job.id}`,
      kind: 'job',
      label: job.name ?? job.id,
      intervals,
      marks: [],
      description: `States of job ${job.name ?? ''} (${job.id}).`,
    };
  });
}

interface Row {
  task: string;
  subtask: number | null;
  executions: { execution: Execution; index: number }[];
  failed: boolean;
}

/** Every subtask once, its attempts one behind the other. */
function rowsOf(analysis: LogAnalysis): Row[] {
  const rows = new Map<string, Row>();
  for (const [index, execution] of analysis.log.executions.entries()) {
    const key = `${execution.vertex ?? ''}|${execution.task ?? execution.id}|${execution.subtask}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = { task: execution.task ?? execution.id ?? '?', subtask: execution.subtask, executions: [], failed: false };
      rows.set(key, row);
    }
    row.executions.push({ execution, index });
    row.failed ||= execution.end === 'FAILED';
  }
  return [...rows.values()];
}

function subtaskLanes(
  analysis: LogAnalysis,
  at: At,
  end: number,
  failures: Map<Execution | undefined, string>,
): { lanes: TimelineLane<Span>[]; left: number } {
  const rows = rowsOf(analysis);
  const shown = rows.length <= MOST_LANES ? rows : [...rows.filter((row) => row.failed), ...rows.filter((row) => !row.failed)].slice(0, MOST_LANES);
  const byTask = new Map<string, Row[]>();
  for (const row of shown) byTask.set(row.task, [...(byTask.get(row.task) ?? []), row]);
  const lanes: TimelineLane<Span>[] = [];
  for (const [task, members] of byTask) {
    const parent = `task:${task}`;
    lanes.push({
      id: parent,
      kind: 'task',
      label: shortTask(task, 60),
      intervals: [],
      marks: [],
      collapsed: false,
      description: `Task ${task}, ${members.length} subtask${members.length === 1 ? '' : 's'}.`,
    });
    for (const row of members.sort((a, b) => (a.subtask ?? 0) - (b.subtask ?? 0))) lanes.push(subtaskLane(analysis, row, parent, at, end, failures));
  }
  return { lanes, left: rows.length - shown.length };
}

function subtaskLane(
  analysis: LogAnalysis,
  row: Row,
  parent: string,
  at: At,
  end: number,
  failures: Map<Execution | undefined, string>,
): TimelineLane<Span> {
  const intervals: TimelineInterval<Span>[] = [];
  const marks: TimelineMark<Span>[] = [];
  let left = 0;
  const first = analysis.failures.first;
  for (const { execution, index } of row.executions) {
    if (intervals.length >= MOST_ITEMS) {
      left++;
      continue;
    }
    intervals.push(...stateIntervals(execution, index, at, end, analysis.log.clock === 'none' ? 0 : (analysis.log.from ?? 0)));
    const failed =
      execution.states.find((state) => state.to === 'FAILED') ?? (execution.reported?.state === 'FAILED' ? execution.reported : undefined);
    if (failed !== undefined) {
      const id = `failure:${index}`;
      failures.set(execution, id);
      const exception = execution.exception === null ? undefined : analysis.log.exceptions[execution.exception];
      const cause = exception === undefined ? 'no exception with it' : throwableTitle(rootOf(exception));
      const isFirst = first?.execution === index;
      marks.push({
        id,
        at: at(failed),
        label: isFirst ? 'first failure' : 'failed',
        tone: 'bad',
        kind: isFirst ? 'first-failure' : 'failure',
        place: failed.span,
        description: `${isFirst ? 'First failure' : 'Failure'} of subtask ${subtaskLabel(execution) ?? '?'}: ${cause}.`,
      });
    }
    const cancel = execution.mentions.find((mention) => mention.what === 'cancel-attempt');
    if (cancel !== undefined)
      marks.push({
        id: `cancel:${index}`,
        at: at(cancel),
        label: 'cancel',
        tone: 'cancelled',
        kind: 'cancel',
        place: cancel.span,
        description: 'Asked to cancel.',
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
    description: `Subtask ${label} of ${shortTask(row.task)}, ${row.executions.length} attempt${row.executions.length === 1 ? '' : 's'}.`,
    ...(left > 0 ? { left } : {}),
  };
}

function stateIntervals(execution: Execution, index: number, at: At, end: number, logBegin: number): TimelineInterval<Span>[] {
  // JobManager and TaskManager print the same switches; one of the two is enough to draw.
  const side = execution.states.some((state) => state.side === 'TM') ? 'TM' : execution.states[0]?.side;
  const states = execution.states.filter((state) => state.side === side);
  const result: TimelineInterval<Span>[] = [];
  const first = states[0];
  const attempt = execution.attempt === null ? '' : ` #${execution.attempt}`;
  // What a task was when the log began is known from its first switch; a task that begins here has been nothing before.
  const early = execution.mentions.find((mention) => mention.what === 'received' || mention.what === 'deploying');
  const begin = early !== undefined ? at(early) : first === undefined || first.from === 'CREATED' ? Number.POSITIVE_INFINITY : logBegin;
  if (first !== undefined && at(first) > begin) {
    result.push({
      id: `state:${index}:before`,
      from: begin,
      to: at(first),
      label: first.from,
      tone: TONES[first.from] ?? 'neutral',
      open: true,
      place: first.span,
      description: `${first.from}${attempt}, since before the first record about it.`,
    });
  }
  for (const [position, state] of states.entries()) {
    const next = states[position + 1];
    const start = at(state);
    const final = TERMINAL.has(state.to);
    result.push({
      id: `state:${index}:${position}`,
      from: start,
      to: next === undefined ? (final ? start : null) : Math.max(start, at(next)),
      label: state.to,
      tone: TONES[state.to] ?? 'neutral',
      place: state.span,
      description: `${state.to}${attempt}${next === undefined && !final ? `, to the end of the log (${formatDuration(end - start)})` : ''}.`,
    });
  }
  return result;
}

function checkpointLane({ log }: LogAnalysis, at: At, end: number): TimelineLane<Span>[] {
  const begun = new Map<string, LogEvent>();
  const intervals: TimelineInterval<Span>[] = [];
  const marks: TimelineMark<Span>[] = [];
  let left = 0;
  for (const event of log.events) {
    const id = event.fields.id;
    if (!event.id.startsWith('checkpoint-') || id === undefined) continue;
    if (intervals.length + marks.length >= MOST_ITEMS) {
      left++;
      continue;
    }
    if (event.id === 'checkpoint-triggered') {
      begun.set(id, event);
      continue;
    }
    const start = begun.get(id);
    if (event.id === 'checkpoint-completed' || event.id === 'checkpoint-declined' || event.id === 'checkpoint-expired') {
      const good = event.id === 'checkpoint-completed';
      const took = Number(event.fields.ms ?? event.fields.ms2 ?? 0);
      const word = event.id.slice('checkpoint-'.length);
      intervals.push({
        id: `checkpoint:${id}:${event.line}`,
        from: start === undefined ? at(event) - took : at(start),
        to: at(event),
        label: `checkpoint ${id}`,
        tone: good ? 'good' : 'warning',
        place: event.span,
        description: `Checkpoint ${id} ${word}.`,
      });
      begun.delete(id);
    } else
      marks.push({
        id: `mark:${event.line}`,
        at: at(event),
        label: `checkpoint ${id}`,
        tone: 'warning',
        kind: 'checkpoint',
        place: event.span,
        description: `Checkpoint ${id}: ${event.id.slice('checkpoint-'.length).replaceAll('-', ' ')}.`,
      });
  }
  for (const [id, event] of begun) {
    if (intervals.length >= MOST_ITEMS) break;
    intervals.push({
      id: `checkpoint:${id}:open`,
      from: at(event),
      to: null,
      label: `checkpoint ${id}`,
      tone: 'waiting',
      place: event.span,
      description: `Checkpoint ${id} was triggered; its end is not in the log (${formatDuration(end - at(event))}).`,
    });
  }
  if (intervals.length + marks.length === 0) return [];
  intervals.sort((a, b) => a.from - b.from);
  return [
    {
      id: 'checkpoints',
      kind: 'checkpoints',
      label: 'Checkpoints',
      intervals,
      marks,
      description: `${intervals.length} checkpoints.`,
      ...(left > 0 ? { left } : {}),
    },
  ];
}

function exceptionLane({ log, groups }: LogAnalysis, at: At): TimelineLane<Span>[] {
  const marks: TimelineMark<Span>[] = [];
  for (const exception of log.exceptions) {
    if (exception.kind !== 'trace' || marks.length >= MOST_ITEMS) continue;
    if (log.clock !== 'none' && exception.time === null) continue;
    const title = throwableTitle(rootOf(exception));
    marks.push({
      id: `exception:${exception.index}`,
      at: at(exception),
      label: rootOf(exception).className?.replace(/^.*\./, '') ?? 'exception',
      tone: 'bad',
      kind: 'exception',
      place: exception.top.headSpan,
      description: title,
    });
  }
  if (marks.length === 0) return [];
  marks.sort((a, b) => a.at - b.at);
  const left = log.exceptions.length + log.exceptionsLeft - marks.length;
  return [
    {
      id: 'exceptions',
      kind: 'exceptions',
      label: 'Exceptions',
      intervals: [],
      marks,
      description: `${log.exceptions.length} stack traces in ${groups.length} groups.`,
      ...(left > 0 ? { left } : {}),
    },
  ];
}

function memoryLane({ log }: LogAnalysis, at: At): TimelineLane<Span>[] {
  const marks: TimelineMark<Span>[] = [];
  for (const event of log.events) {
    if (event.id !== 'memory-sample' || event.fields.used === undefined || marks.length >= MOST_ITEMS) continue;
    const { used = '', max = '' } = event.fields;
    const share = Number(used) / Number(max);
    marks.push({
      id: `memory:${event.line}`,
      at: at(event),
      label: `${used}/${max} MB`,
      tone: share > 0.9 ? 'warning' : 'info',
      kind: 'event',
      place: event.span,
      description: `Heap: ${used} of ${max} MB used.`,
    });
  }
  return marks.length === 0
    ? []
    : [{ id: 'memory', kind: 'memory', label: 'Heap', intervals: [], marks, description: 'Samples of the heap from the memory logger.' }];
}

function gcLane(gc: GcTrack | null): TimelineLane<Span>[] {
  if (gc === null) return [];
  const kept =
    gc.pauses.length <= MOST_ITEMS
      ? gc.pauses
      : [...gc.pauses]
          .sort((a, b) => b.durationMs - a.durationMs)
          .slice(0, MOST_ITEMS)
          .sort((a, b) => a.start - b.start);
  const intervals = kept.map(
    (pause, index): TimelineInterval<Span> => ({
      id: `gc:${index}`,
      from: pause.start,
      to: pause.start + pause.durationMs,
      label: pause.kind,
      tone: pause.full ? 'bad' : pause.durationMs > 1000 ? 'warning' : 'neutral',
      ...(pause.span === undefined ? {} : { place: pause.span }),
      description: `${pause.kind}: ${formatDuration(pause.durationMs)}.`,
    }),
  );
  const left = gc.pauses.length - kept.length;
  return [
    {
      id: 'gc',
      kind: 'gc',
      label: 'GC pauses',
      intervals,
      marks: [],
      description: `Pauses of the collector from ${gc.source}.`,
      ...(left > 0 ? { left } : {}),
    },
  ];
}

/** From every failure to the next one: what belongs to one attempt. */
function attemptBands({ failures }: LogAnalysis, at: At, end: number): TimelineBand<Span>[] {
  return failures.episodes.slice(0, MOST_ITEMS).map((episode, index) => {
    const last = [episode.first, ...episode.rest].reduce((latest, one) => Math.max(latest, at(one)), 0);
    return {
      id: `attempt:${index}`,
      from: at(episode.first),
      to: Math.max(last, Math.min(end, at(episode.first) + 1)),
      label: `failure ${index + 1}`,
      tone: 'bad',
      kind: 'attempt',
      place: episode.first.span,
      description: episode.verdict,
    };
  });
}

function failureLinks({ log, failures }: LogAnalysis, marks: ReadonlyMap<Execution | undefined, string>): TimelineLink[] {
  const links: TimelineLink[] = [];
  for (const episode of failures.episodes) {
    const from = episode.first.execution === null ? undefined : marks.get(log.executions[episode.first.execution]);
    if (from === undefined) continue;
    for (const one of episode.rest) {
      const to = one.execution === null ? undefined : marks.get(log.executions[one.execution]);
      if (to === undefined || one.follower === null || links.length >= MOST_ITEMS) continue;
      links.push({ from, to, label: 'followed', certainty: 'derived' });
    }
  }
  return links;
}
