import type { Coded } from '../core/wording.ts';
import { isSegment } from './calls.ts';
import type { ClusterClient } from './client.ts';
import { isEnded } from './jobStates.ts';
import { type Row, rowsIn } from './rows.ts';
import type { MomentFacts } from './words.ts';

export type Moment = Coded<MomentFacts>;

/** Jobs that are looked at. */
const MAX_JOBS = 20;

/** What was known of a job when it was looked at last. */
interface Known {
  state: string;
  /** Of the last that expired. */
  expired: number;
  /** When it began to restart, in ms since 1970; 0: never. */
  restarting: number;
  restarts: number | null;
}

/** Notices what happened to the jobs of a cluster between two looks; the first look tells nothing. */
export class Moments {
  readonly #client: ClusterClient;
  readonly #jobs: readonly string[] | null;
  #known: Map<string, Known> | null = null;

  /** @param jobs these only; null: all */
  constructor(client: ClusterClient, jobs: readonly string[] | null) {
    this.#client = client;
    this.#jobs = jobs;
  }

  /** Rejects with CallFailed where the cluster does not tell of its jobs. */
  async look(signal: AbortSignal): Promise<Moment[]> {
    const rows = rowsIn(await this.#ask('jobs', undefined, signal), 'jobs').filter(
      (row): row is Row & { jid: string } => isSegment(row['jid']) && (this.#jobs === null || this.#jobs.includes(row['jid'])),
    );
    const before = this.#known;
    // Of a job that has ended nothing more is asked.
    const looked = rows.filter((row) => !isEnded(row['state']) || before?.has(row.jid) === true).slice(0, MAX_JOBS);
    const found: Moment[] = [];
    const now = new Map<string, Known>();
    await Promise.all(
      looked.map(async (row) => {
        const known = before?.get(row.jid) ?? null;
        const state = String(row['state']);
        const job = { job: row.jid, name: typeof row['name'] === 'string' ? row['name'] : row.jid };
        if (isEnded(state)) {
          if (known !== null && !isEnded(known.state) && state === 'FAILED') found.push({ code: 'job-failed', facts: job });
          now.set(row.jid, { ...(known as Known), state });
          return;
        }
        // A job may end while it is looked at: what it does not tell stays as it was.
        const [document, checkpoints, metrics] = await Promise.all([
          this.#ask('job', row.jid, signal).catch(() => null),
          this.#ask('checkpoints', row.jid, signal).catch(() => null),
          this.#ask('jobMetrics', row.jid, signal).catch(() => null),
        ]);
        const expired = expiredIn(checkpoints);
        const restarting = numberIn((document as { timestamps?: unknown } | null)?.timestamps, 'RESTARTING') ?? known?.restarting ?? 0;
        const restarts = restartsIn(metrics) ?? known?.restarts ?? null;
        const id = numberIn(expired, 'id') ?? 0;
        now.set(row.jid, { state, expired: Math.max(id, known?.expired ?? 0), restarting, restarts });
        if (before === null) return;
        if (id > (known?.expired ?? 0))
          found.push({
            code: 'checkpoint-expired',
            facts: {
              ...job,
              checkpoint: id,
              acknowledged: numberIn(expired, 'num_acknowledged_subtasks'),
              of: numberIn(expired, 'num_subtasks'),
            },
          });
        // The count is fetched every 10 s only; it counts where the job document does not tell of restarts.
        const counted = restarting === 0 && restarts !== null && known !== null && known.restarts !== null && restarts > known.restarts;
        const begins = state === 'RESTARTING' && known !== null && known.state !== 'RESTARTING' && restarting === 0;
        if (known !== null && (restarting > known.restarting || counted || begins)) found.push({ code: 'job-restarted', facts: job });
      }),
    );
    this.#known = now;
    return found;
  }

  async #ask(name: 'jobs' | 'job' | 'checkpoints' | 'jobMetrics', job: string | undefined, signal: AbortSignal): Promise<unknown> {
    return JSON.parse((await this.#client.ask(name, job === undefined ? {} : { job }, signal)).text);
  }
}

/** As CheckpointFailureReason.CHECKPOINT_EXPIRED says it, in all versions. */
const EXPIRED = /^Checkpoint expired before completing/;

/** The last checkpoint that failed, where it did so because its time was over. */
function expiredIn(checkpoints: unknown): Row | null {
  const failed = (checkpoints as { latest?: { failed?: unknown } | null } | null)?.latest?.failed;
  const row = typeof failed === 'object' && failed !== null ? (failed as Row) : null;
  return row !== null && row['is_savepoint'] !== true && EXPIRED.test(String(row['failure_message'] ?? '')) ? row : null;
}

function numberIn(row: unknown, key: string): number | null {
  const value = (row as Row | null | undefined)?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Of `numRestarts` and `fullRestarts`, whichever this version has; metrics of a job are texts. */
export function restartsIn(metrics: unknown): number | null {
  const rows = Array.isArray(metrics) ? (metrics as Row[]) : [];
  const value = Number(rows.map((row) => row['value']).find((one) => one !== undefined));
  return Number.isFinite(value) ? value : null;
}

/** Vertices whose subtasks are looked through. */
const MAX_VERTICES = 40;

/**
 * The TaskManagers of the subtasks that have not acknowledged a checkpoint: their threads show what it waited for. Empty where
 * the cluster does not tell.
 */
export async function unacknowledged(client: ClusterClient, job: string, checkpoint: number, signal: AbortSignal): Promise<string[]> {
  const ask = async (name: 'checkpoint' | 'checkpointSubtasks' | 'vertex', vertex?: string): Promise<unknown> => {
    const subject = { job, ...(name === 'vertex' ? {} : { checkpoint }), ...(vertex === undefined ? {} : { vertex }) };
    return JSON.parse((await client.ask(name, subject, signal)).text);
  };
  const { tasks } = ((await ask('checkpoint').catch(() => null)) ?? {}) as { tasks?: Record<string, unknown> };
  const open = Object.entries(tasks ?? {})
    .filter(([, task]) => (numberIn(task, 'num_acknowledged_subtasks') ?? 0) < (numberIn(task, 'num_subtasks') ?? 0))
    .map(([vertex]) => vertex);
  const found = new Set<string>();
  await Promise.all(
    open.slice(0, MAX_VERTICES).map(async (vertex) => {
      const [acknowledging, running] = await Promise.all([
        ask('checkpointSubtasks', vertex).catch(() => null),
        ask('vertex', vertex).catch(() => null),
      ]);
      const done = new Set(rowsIn(acknowledging, 'subtasks').flatMap((row) => (row['status'] === 'completed' ? [row['index']] : [])));
      for (const { subtask, 'taskmanager-id': process } of rowsIn(running, 'subtasks'))
        if (typeof process === 'string' && !done.has(subtask)) found.add(process);
    }),
  );
  return [...found];
}
