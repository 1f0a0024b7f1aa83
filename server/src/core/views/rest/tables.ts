import { isoTime } from '../../../../../common/isoTime.ts';
import type { Span } from '../../../../../common/span.ts';
import { hottest } from '../../analysis/rest/load.ts';
import type { CheckpointRow } from '../../rest/model/checkpoints.ts';
import type { JobRow, MemoryUse, TaskManagerRow } from '../../rest/model/cluster.ts';
import type { ExceptionEntry, SubtaskRow } from '../../rest/model/job.ts';
import type { OperatorResourceRow, PodEvent, PodRow } from '../../rest/model/kubernetes.ts';
import type { FlameNode } from '../../rest/model/load.ts';
import type { DocumentOfType, DocumentType, RestDocument } from '../../rest/model.ts';
import { formatBytes, formatDuration, grouped } from '../../wording.ts';
import { type Column, REST_WORDS as WORDS } from './words.ts';

const { facts: FACTS } = WORDS;

/** A document as people read it: facts about the whole, and a table. Texts are as in the file, not escaped. */
export interface DocumentTable {
  title: string;
  /** What tells it from others of its type: a vertex, a checkpoint, a TaskManager. */
  of: string | null;
  facts: { name: string; value: string; span: Span | null }[];
  columns: Column[];
  rows: { cells: string[]; span: Span }[];
  /** Rows that were left out. */
  left: number;
}

const MAX_ROWS = 200;

type Part = Partial<Pick<DocumentTable, 'of' | 'facts' | 'columns' | 'rows'>>;
type Names = ReadonlyMap<string, string>;

/** The table of any document; `names` are those of the vertices. */
export function tableOf(document: RestDocument, names: Names): DocumentTable {
  const { of = null, facts = [], columns = [], rows = [] } = partOf(document, names);
  return {
    title: WORDS.titles[document.type],
    of: of ?? ofSubject(document, names),
    facts,
    columns,
    rows: rows.slice(0, MAX_ROWS),
    left: Math.max(0, rows.length - MAX_ROWS),
  };
}

function ofSubject({ subject }: RestDocument, names: Names): string | null {
  const { vertex, checkpoint, taskManager } = subject;
  if (vertex !== null) return names.get(vertex) ?? vertex;
  return checkpoint !== null ? String(checkpoint) : taskManager;
}

function partOf(document: RestDocument, names: Names): Part {
  // The compiler does not see that the type of the document is that of its part.
  return (PARTS[document.type] as (document: RestDocument, names: Names) => Part)(document, names);
}

const fact = (name: string, value: string | number | null, span: Span | null = null): DocumentTable['facts'] =>
  value === null || value === '' ? [] : [{ name, value: String(value), span }];

const PARTS: { readonly [T in DocumentType]: (document: DocumentOfType<T>, names: Names) => Part } = {
  overview: ({ taskManagers, slotsTotal, slotsAvailable, jobs, flinkVersion, slotsSpan }) => ({
    facts: [
      ...fact(FACTS.taskManagers, taskManagers),
      ...fact(FACTS.slots, slotsTotal === null || slotsAvailable === null ? null : WORDS.slots(slotsAvailable, slotsTotal), slotsSpan),
      ...fact(FACTS.jobsRunning, jobs.running),
      ...fact(FACTS.jobsFailed, jobs.failed),
      ...fact(FACTS.flink, flinkVersion),
    ],
  }),
  dashboard: ({ flinkVersion, flinkRevision, timeZone, features }) => ({
    facts: [
      ...fact(FACTS.flink, flinkVersion),
      ...fact(FACTS.revision, flinkRevision),
      ...fact(FACTS.timeZone, timeZone),
      ...fact(FACTS.features, features.join(', ')),
    ],
  }),
  jobs: ({ jobs }) => ({ columns: ['job', 'state', 'started', 'duration', 'tasks'], rows: jobs.map(jobCells) }),
  taskmanagers: ({ taskManagers, detail }) => ({
    of: detail ? (taskManagers[0]?.id ?? null) : null,
    columns: ['taskManager', 'slots', 'heartbeat', 'heap', 'direct', 'collections', 'memory'],
    rows: taskManagers.map(taskManagerCells),
  }),
  vertex: ({ of, name, parallelism, subtasks, nameSpan, subject }, names) => ({
    of: `${name ?? (subject.vertex === null ? '' : (names.get(subject.vertex) ?? subject.vertex))} (${WORDS.vertexParts[of]})`.trim(),
    facts: fact(FACTS.parallelism, parallelism, nameSpan),
    columns: ['subtask', 'state', 'inState', 'attempt', 'taskManager', 'read', 'written', 'busy', 'backPressured', 'idle'],
    rows: subtasks.map((row) => subtaskCells(row, parallelism, of === 'taskmanagers')),
  }),
  exceptions: ({ entries }) => ({ columns: ['time', 'task', 'attempt', 'exception', 'taskManager', 'labels'], rows: entries.map(exceptionCells) }),
  checkpoints: ({ counts, latest, history, countsSpan }) => ({
    facts: [
      ...fact(FACTS.checkpoints, WORDS.counts(counts), countsSpan),
      ...fact(FACTS.restored, counts.restored),
      ...fact(FACTS.latest, latest.completed?.id ?? null, latest.completed?.span ?? null),
    ],
    columns: ['checkpoint', 'state', 'started', 'duration', 'size', 'acknowledged', 'failure'],
    rows: history.map(checkpointCells),
  }),
  checkpoint: ({ checkpoint, tasks }, names) => ({
    facts: [
      ...fact(WORDS.columns.state, checkpoint.status, checkpoint.statusSpan),
      ...fact(WORDS.columns.duration, duration(checkpoint.duration)),
      ...fact(WORDS.columns.acknowledged, part(checkpoint.acknowledged, checkpoint.subtasks)),
      ...fact(WORDS.columns.failure, checkpoint.failure),
    ],
    columns: ['vertex', 'state', 'duration', 'size', 'acknowledged'],
    rows: tasks.map(({ vertex, status, duration: ms, stateSize, acknowledged, subtasks, span }) => ({
      cells: [names.get(vertex) ?? vertex, status ?? '', duration(ms), size(stateSize), part(acknowledged, subtasks)],
      span,
    })),
  }),
  'checkpoint-subtasks': ({ status, subtasks, acknowledged, total, subject, checkpoint }, names) => ({
    of: [checkpoint, subject.vertex === null ? null : (names.get(subject.vertex) ?? subject.vertex)].filter((one) => one !== null).join(', '),
    facts: [...fact(WORDS.columns.state, status), ...fact(WORDS.columns.acknowledged, part(acknowledged, total))],
    columns: ['subtask', 'state', 'duration', 'startDelay', 'alignment', 'sync', 'async', 'size'],
    rows: subtasks.map((row) => ({
      cells: [
        part(row.subtask + 1, total),
        row.status,
        duration(row.duration),
        duration(row.startDelay),
        duration(row.alignment),
        duration(row.sync),
        duration(row.async),
        size(row.stateSize),
      ],
      span: row.span,
    })),
  }),
  'checkpoint-config': (config) => ({
    facts: [
      ...fact(FACTS.mode, config.mode),
      ...fact(FACTS.interval, config.interval === null ? WORDS.never : duration(config.interval), config.intervalSpan),
      ...fact(FACTS.timeout, duration(config.timeout), config.timeoutSpan),
      ...fact(FACTS.minPause, duration(config.minPause)),
      ...fact(FACTS.maxConcurrent, config.maxConcurrent),
      ...fact(FACTS.tolerable, config.tolerableFailures),
      ...fact(FACTS.unaligned, yes(config.unaligned)),
      ...fact(FACTS.alignedTimeout, config.alignedTimeout === 0 ? null : duration(config.alignedTimeout)),
      ...fact(FACTS.backend, config.stateBackend),
      ...fact(FACTS.storage, config.storage),
      ...fact(FACTS.retained, yes(config.externalized)),
      ...fact(FACTS.changelog, yes(config.changelog)),
    ],
  }),
  'back-pressure': ({ level, status, end, subtasks }) => ({
    facts: [...fact(FACTS.level, level ?? status), ...fact(FACTS.measured, time(end))],
    columns: ['subtask', 'level', 'backPressured', 'busy', 'idle'],
    rows: subtasks.map(({ subtask, level: own, ratio, busy, idle, span }) => ({
      cells: [part(subtask + 1, subtasks.length), own ?? '', percent(ratio), percent(busy), percent(idle)],
      span,
    })),
  }),
  metrics: ({ metrics }) => ({
    columns: ['metric', 'value', 'min', 'avg', 'max', 'sum'],
    rows: metrics.map(({ id, value, text, min, avg, max, sum, span }) => ({
      cells: [id, value === null ? (text ?? '') : number(value), number(min), number(avg), number(max), number(sum)],
      span,
    })),
  }),
  configuration: ({ settings }) => ({
    columns: ['option', 'value'],
    rows: settings.map(({ key, value, keySpan, valueSpan }) => ({
      cells: [key, value],
      span: { start: Math.min(keySpan.start, valueSpan.start), end: Math.max(keySpan.end, valueSpan.end) },
    })),
  }),
  environment: ({ jvm, architecture, options, classPath }) => ({
    facts: [
      ...fact(FACTS.java, jvm),
      ...fact(FACTS.architecture, architecture),
      ...fact(FACTS.options, options.join(' ')),
      ...fact(FACTS.classPath, classPath.length),
    ],
  }),
  'flame-graph': ({ end, root }) => ({ facts: fact(FACTS.measured, time(end)), ...hotCells(root) }),
  profile: ({ title, root }) => ({ of: title, facts: fact(FACTS.samples, number(root?.value ?? 0)), ...hotCells(root) }),
  'job-config': ({ name, restartStrategy, parallelism, objectReuse, parameters }) => ({
    of: name,
    facts: [
      ...fact(FACTS.restarts, restartStrategy),
      ...fact(FACTS.parallelism, parallelism),
      ...fact(FACTS.objectReuse, yes(objectReuse)),
      ...fact(
        FACTS.parameters,
        Object.entries(parameters)
          .map(([key, value]) => `${key}=${value}`)
          .join(' '),
      ),
    ],
  }),
  errors: ({ errors }) => ({ columns: ['error'], rows: errors.map(({ text, span }) => ({ cells: [text], span })) }),
  pods: ({ pods }) => ({ columns: ['pod', 'state', 'node', 'restarts', 'lastEnd', 'limit'], rows: pods.map(podCells) }),
  'pod-events': ({ events }) => ({ columns: ['reason', 'object', 'count', 'age', 'message'], rows: events.map(eventCells) }),
  operator: ({ resources }) => ({ columns: ['resource', 'state', 'job', 'jobManager', 'error'], rows: resources.map(resourceCells) }),
  other: ({ what }) => ({ facts: fact(WORDS.columns.fact, WORDS.others[what]) }),
};

function jobCells({ id, name, state, start, duration: ms, tasks, span }: JobRow) {
  const counts = Object.entries(tasks).map(([key, count]) => `${count} ${key}`);
  return { cells: [name ?? id, state ?? '', time(start), duration(ms), counts.join(', ')], span };
}

function taskManagerCells({ id, slots, freeSlots, lastHeartbeat, metrics, memory, span }: TaskManagerRow) {
  const gcMs = metrics?.collectors.reduce((sum, one) => sum + one.time, 0) ?? null;
  const count = metrics?.collectors.reduce((sum, one) => sum + one.count, 0) ?? null;
  return {
    cells: [
      id,
      slots === null || freeSlots === null ? '' : WORDS.slots(freeSlots, slots),
      time(lastHeartbeat),
      use(metrics?.heap),
      use(metrics?.direct),
      count === null || gcMs === null ? '' : `${grouped(count)}, ${formatDuration(gcMs)}`,
      size(memory['totalProcessMemory'] ?? null),
    ],
    span,
  };
}

function subtaskCells(row: SubtaskRow, parallelism: number | null, grouping: boolean) {
  const total = (row.busyMs ?? 0) + (row.idleMs ?? 0) + (row.backPressuredMs ?? 0);
  const share = (ms: number | null): string => (ms === null || total === 0 ? '' : percent(ms / total));
  const inState = row.status === null ? null : (row.statusMs[row.status] ?? null);
  return {
    cells: [
      grouping ? '' : part(row.subtask + 1, parallelism),
      row.status ?? '',
      duration(inState ?? row.duration),
      row.attempt === null ? '' : String(row.attempt),
      row.taskManager ?? row.endpoint ?? '',
      number(row.readRecords),
      number(row.writeRecords),
      share(row.busyMs),
      share(row.backPressuredMs),
      share(row.idleMs),
    ],
    span: row.span,
  };
}

function exceptionCells({ time: at, task, subtask, parallelism, attempt, name, trace, taskManager, endpoint, labels, span }: ExceptionEntry) {
  const [line = ''] = trace.text.split('\n', 1);
  return {
    cells: [
      time(at),
      task === null ? '' : `${task} (${subtask}/${parallelism})`,
      attempt === null ? '' : String(attempt),
      line === '' ? (name ?? '') : line,
      taskManager ?? endpoint ?? '',
      Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(', '),
    ],
    span,
  };
}

function checkpointCells(row: CheckpointRow) {
  return {
    cells: [
      String(row.id),
      row.status ?? '',
      time(row.triggered),
      duration(row.duration),
      size(row.stateSize),
      part(row.acknowledged, row.subtasks),
      row.failure ?? '',
    ],
    span: row.span,
  };
}

/** The way along the most samples. */
function hotCells(root: FlameNode | null): Part {
  const frames = root === null ? [] : (hottest(root)?.frames ?? []);
  const rows = frames.map(({ name, value, span }) => ({ cells: [name, percent(value / (root?.value ?? 1))], span }));
  return { columns: ['frame', 'share'], rows };
}

function podCells({ name, phase, reason, node, containers, nameSpan }: PodRow) {
  const ends = containers.flatMap(({ last, state }) => (state?.state === 'terminated' ? state : last) ?? []);
  return {
    cells: [
      name,
      [phase, reason].filter((one) => one !== null).join(', '),
      node ?? '',
      String(containers.reduce((sum, { restarts }) => sum + (restarts ?? 0), 0)),
      ends.map(({ reason: why, exitCode }) => [why, exitCode].filter((one) => one !== null).join(' ')).join(', '),
      containers.flatMap(({ memoryLimit }) => (memoryLimit === null ? [] : formatBytes(memoryLimit))).join(', '),
    ],
    span: nameSpan,
  };
}

function resourceCells({ kind, name, namespace, lifecycle, jobState, jobManager, error, nameSpan }: OperatorResourceRow) {
  const who = [namespace, name].filter((one) => one !== null).join('/');
  return { cells: [`${kind} ${who}`.trim(), lifecycle ?? '', jobState ?? '', jobManager ?? '', error?.trace.text ?? ''], span: nameSpan };
}

function eventCells({ reason, object, count, age, last, message, span }: PodEvent) {
  return { cells: [reason ?? '', object ?? '', count === null ? '' : String(count), age ?? time(last), message ?? ''], span };
}

const time = (ms: number | null): string => (ms === null ? '' : isoTime(ms).replace('T', ' ').slice(0, 19));
const duration = (ms: number | null): string => (ms === null ? '' : formatDuration(ms));
const size = (bytes: number | null): string => (bytes === null ? '' : formatBytes(bytes));
const percent = (share: number | null): string => (share === null ? '' : `${Math.round(share * 100)} %`);
const number = (value: number | null): string => (value === null ? '' : grouped(Math.round(value * 100) / 100));
const yes = (flag: boolean | null): string | null => (flag === null ? null : flag ? WORDS.yes : WORDS.no);
const part = (one: number | null, all: number | null): string => (one === null ? '' : all === null ? String(one) : WORDS.of(one, all));

function use(memory: MemoryUse | undefined): string {
  if (memory?.used == null) return '';
  return memory.max === null || memory.max === 0 ? formatBytes(memory.used) : WORDS.of(formatBytes(memory.used), formatBytes(memory.max));
}
