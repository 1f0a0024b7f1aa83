import type { IncidentPlace } from '../../../../../common/incident.ts';
import { expirations } from '../../analysis/log/failedCheckpoints.ts';
import { documentsIn, type Joined } from '../joined.ts';
import { lineAt, roots } from './firstFailure.ts';
import { hangingInitialisation, hiddenWait } from './hiddenWait.ts';
import { pressure } from './pressure.ts';
import { type Conclusion, type Evidence, type IncidentRule, placeIn } from './rule.ts';

/**
 * Checkpoints that expire: which subtask did not acknowledge, in which phase it was, what its thread does in the dumps, and
 * at which line.
 */
export const checkpointExpired: IncidentRule = {
  code: 'checkpoint-expired',
  check: (joined) => {
    const history = historyOf(joined);
    if (history.expired === 0) return [];
    const [root] = roots(joined);
    const failedBy = root?.first.cause?.code === 'checkpoint';
    // What holds up a subtask: a wait in its own thread, else the task that cannot keep up, before which barriers queue.
    const stuck = [...hiddenWait.check(joined), ...hangingInitialisation.check(joined)].sort((a, b) => b.rank - a.rank)[0];
    const waits = stuck?.cause.code === 'hidden-wait' || stuck?.cause.code === 'hanging-initialisation' ? stuck.cause.facts : null;
    const silent = silentSubtasks(joined);
    // The thread of another vertex than the one that did not acknowledge explains nothing.
    const fits = waits !== null && (silent === null || silent.task === waits.task);
    const pressed = fits ? null : pressure(joined);
    const conclusion: Conclusion = {
      cause: {
        code: 'checkpoint-expired',
        facts: {
          expired: history.expired,
          task: silent?.task ?? (fits ? waits.task : null),
          subtasks: silent?.subtasks ?? [],
          phase: silent?.phase?.phase ?? null,
          at: fits ? waits.at : (pressed?.at ?? null),
          pressed: pressed?.task ?? null,
        },
      },
      // That they expire is proved; why, only as far as the wait or the slow task is.
      certainty: fits ? (stuck?.certainty ?? 'suspected') : pressed !== null || !(failedBy || history.current) ? 'suspected' : 'proved',
      // One that expires among many that complete is no incident by itself.
      rank: failedBy ? 77 : history.current ? 73.5 : 43,
      evidence: [
        { code: 'checkpoints', facts: { expired: history.expired, completed: history.completed }, at: history.at },
        ...(silent === null || silent.subtasks.length === 0
          ? []
          : [{ code: 'acknowledged' as const, facts: { task: silent.task, missing: silent.subtasks, of: silent.of }, at: silent.at }]),
        ...(silent?.phase == null
          ? []
          : [{ code: 'phase' as const, facts: { subtask: silent.task, phase: silent.phase.phase, ms: silent.phase.ms }, at: silent.at }]),
        ...(fits ? (stuck?.evidence.slice(0, 2) ?? []) : []),
        ...(pressed?.evidence.slice(0, 2) ?? []),
      ] satisfies Evidence[],
      since: history.since,
      knownIssue: null,
      advice: fits ? (stuck?.advice ?? []) : [],
    };
    return [conclusion];
  },
};

interface History {
  expired: number;
  completed: number;
  /** None has completed since the last one expired. */
  current: boolean;
  since: number | null;
  at: IncidentPlace | null;
}

const EXPIRED = /expired before completing/i;

/** As the log of the JobManager tells it, else as the REST API does. */
function historyOf(joined: Joined): History {
  const { log } = joined;
  const told = log === null ? null : expirations(log.log);
  if (log !== null && told !== null)
    return {
      expired: countOf(joined, 'checkpoint-expired'),
      completed: countOf(joined, 'checkpoint-completed'),
      current: told.current,
      since: told.first.time,
      at: lineAt(log, told.first.line),
    };
  for (const { history, counts, source } of documentsIn(joined, 'checkpoints')) {
    const failed = history.filter(({ failure, status }) => status === 'FAILED' && EXPIRED.test(failure ?? ''));
    const [newest] = failed;
    if (newest === undefined) continue;
    const completed = history.find(({ status }) => status === 'COMPLETED');
    return {
      expired: failed.length,
      completed: counts.completed ?? 0,
      current: completed === undefined || newest.id > completed.id,
      since: failed.at(-1)?.triggered ?? null,
      at: placeIn(source, newest.line),
    };
  }
  return { expired: 0, completed: 0, current: false, since: null, at: null };
}

export interface Silent {
  task: string;
  /** From 1. */
  subtasks: number[];
  of: number | null;
  phase: { phase: string; ms: number } | null;
  at: IncidentPlace | null;
}

/** Subtasks that never acknowledged a checkpoint that failed, where its details are here. */
export function silentSubtasks(joined: Joined): Silent | null {
  const nameOf = (id: string | null) =>
    id === null
      ? null
      : (joined.plans.flatMap(({ vertices }) => vertices).find((vertex) => vertex.id === id)?.name ??
        documentsIn(joined, 'vertex').find(({ subject }) => subject.vertex === id)?.name ??
        null);
  for (const { checkpoint, tasks, source, line } of documentsIn(joined, 'checkpoint')) {
    if (checkpoint.status === 'COMPLETED') continue;
    const details = documentsIn(joined, 'checkpoint-subtasks').filter((one) => one.checkpoint === checkpoint.id);
    const open = tasks.filter(({ subtasks, acknowledged }) => subtasks !== null && acknowledged !== null && acknowledged < subtasks);
    for (const task of open) {
      const name = nameOf(task.vertex);
      // A document without its path is that of a vertex where only one has such figures.
      const alike = tasks.filter(
        ({ subtasks, acknowledged, latestAck }) => subtasks === task.subtasks && acknowledged === task.acknowledged && latestAck === task.latestAck,
      );
      const own =
        details.find(({ subject }) => subject.vertex === task.vertex) ??
        (alike.length === 1
          ? details.find(
              ({ subject, total, acknowledged }) => subject.vertex === null && total === task.subtasks && acknowledged === task.acknowledged,
            )
          : undefined);
      if (name === null) continue;
      const pending = own?.subtasks.filter(({ status }) => status === 'pending') ?? [];
      const slowest = own?.subtasks.filter(({ status }) => status === 'completed').sort((a, b) => (b.duration ?? 0) - (a.duration ?? 0))[0];
      const phases = (['startDelay', 'alignment', 'sync', 'async'] as const).flatMap((phase) => {
        const ms = slowest?.[phase] ?? null;
        return ms === null ? [] : [{ phase: PHASES[phase], ms }];
      });
      const worst = phases.sort((a, b) => b.ms - a.ms)[0] ?? null;
      return {
        task: name,
        subtasks: pending.map(({ subtask }) => subtask + 1),
        of: task.subtasks,
        phase: pending.length > 0 ? null : worst,
        at: own === undefined ? placeIn(source, line) : placeIn(own.source, pending[0]?.line ?? own.line),
      };
    }
  }
  return null;
}

const PHASES = { startDelay: 'start delay', alignment: 'alignment', sync: 'synchronous part', async: 'asynchronous part' } as const;

export function countOf({ log }: Joined, event: string): number {
  return (log?.log.eventCounts ?? []).reduce((sum, { id, count }) => (id === event ? sum + count : sum), 0);
}
