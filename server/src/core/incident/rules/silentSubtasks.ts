import type { IncidentPlace } from '../../../../../common/incident.ts';
import { lateSubtasks } from '../../analysis/log/lateSubtasks.ts';
import { documentsIn, type Joined, type JoinedDocument } from '../joined.ts';
import { lineAt } from './firstFailure.ts';
import { placeIn } from './rule.ts';

/** Subtasks of a vertex that had not acknowledged a checkpoint. */
export interface Silent {
  /** Null: no source says what the vertex is called. */
  task: string | null;
  /** From 1; none where no source says which they are. */
  subtasks: number[];
  of: number | null;
  phase: { phase: string; ms: number } | null;
  at: IncidentPlace | null;
}

/** As the details of a checkpoint tell, else as the log of the JobManager does. */
export function silentSubtasks(joined: Joined): Silent[] {
  const told = byDetails(joined);
  return told.length > 0 ? told : byLog(joined);
}

function nameOfVertex(joined: Joined, id: string | null): string | null {
  if (id === null) return null;
  return (
    joined.plans.flatMap(({ vertices }) => vertices).find((vertex) => vertex.id === id)?.name ??
    documentsIn(joined, 'vertex').find(({ subject }) => subject.vertex === id)?.name ??
    joined.log?.log.executions.find(({ vertex, task }) => vertex === id && task !== null)?.task ??
    null
  );
}

/** Of the newest checkpoint that has not completed and whose details are here. */
function byDetails(joined: Joined): Silent[] {
  const open = documentsIn(joined, 'checkpoint')
    .filter(({ checkpoint }) => checkpoint.status !== 'COMPLETED')
    .sort((a, b) => b.checkpoint.id - a.checkpoint.id);
  for (const document of open) {
    const found = inDocument(joined, document);
    if (found.length > 0) return found;
  }
  return [];
}

function inDocument(joined: Joined, { checkpoint, tasks, source, line }: Extract<JoinedDocument, { type: 'checkpoint' }>): Silent[] {
  const details = documentsIn(joined, 'checkpoint-subtasks').filter((one) => one.checkpoint === checkpoint.id);
  const open = tasks.filter(({ subtasks, acknowledged }) => subtasks !== null && acknowledged !== null && acknowledged < subtasks);
  return open.map((task): Silent => {
    // A document without its path is that of a vertex where only one has such figures.
    const alike = tasks.filter(
      ({ subtasks, acknowledged, latestAck }) => subtasks === task.subtasks && acknowledged === task.acknowledged && latestAck === task.latestAck,
    );
    const own =
      details.find(({ subject }) => subject.vertex === task.vertex) ??
      (alike.length === 1
        ? details.find(({ subject, total, acknowledged }) => subject.vertex === null && total === task.subtasks && acknowledged === task.acknowledged)
        : undefined);
    const pending = own?.subtasks.filter(({ status }) => status === 'pending') ?? [];
    const slowest = own?.subtasks.filter(({ status }) => status === 'completed').sort((a, b) => (b.duration ?? 0) - (a.duration ?? 0))[0];
    const phases = (['startDelay', 'alignment', 'sync', 'async'] as const).flatMap((phase) => {
      const ms = slowest?.[phase] ?? null;
      return ms === null ? [] : [{ phase: PHASES[phase], ms }];
    });
    const worst = phases.sort((a, b) => b.ms - a.ms)[0] ?? null;
    // Where none of a vertex has answered, each of its subtasks is one that has not.
    const all = task.acknowledged === 0 && task.subtasks !== null ? Array.from({ length: task.subtasks }, (_, index) => index + 1) : [];
    return {
      task: nameOfVertex(joined, task.vertex),
      subtasks: pending.length > 0 ? pending.map(({ subtask }) => subtask + 1) : all,
      of: task.subtasks,
      phase: pending.length > 0 ? null : worst,
      at: own === undefined ? placeIn(source, line) : placeIn(own.source, pending[0]?.line ?? own.line),
    };
  });
}

const PHASES = { startDelay: 'start delay', alignment: 'alignment', sync: 'synchronous part', async: 'asynchronous part' } as const;

/** Those of the last checkpoint that a record names any of, by vertex. */
function byLog(joined: Joined): Silent[] {
  const { log } = joined;
  const late = log === null ? [] : lateSubtasks(log.log);
  const last = late.at(-1)?.checkpoint;
  const found = new Map<string, Silent>();
  for (const { checkpoint, task: printed, subtask, parallelism, vertex, event } of late) {
    const task = printed ?? nameOfVertex(joined, vertex);
    if (checkpoint !== last || subtask === null || (task === null && vertex === null)) continue;
    const key = task ?? vertex ?? '';
    const known = found.get(key);
    if (known === undefined)
      found.set(key, { task, subtasks: [subtask], of: parallelism, phase: null, at: log === null ? null : lineAt(log, event.line) });
    else if (!known.subtasks.includes(subtask)) known.subtasks.push(subtask);
  }
  return [...found.values()];
}
