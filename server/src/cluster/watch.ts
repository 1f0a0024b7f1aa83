import type { ClusterClient, Host } from './client.ts';
import { type CollectOptions, collect, USUAL } from './collect.ts';
import { CallFailed } from './errors.ts';
import { type Moment, Moments } from './moments.ts';
import type { Sink } from './snapshot.ts';

/** Metrics are fetched by the JobManager every 10 s: sooner it answers the same. In ms. */
export const LEAST_INTERVAL = 10_000;
/** Of a large job the load of so many vertices is asked for each time. */
const MAX_VERTICES = 40;
/** A look that takes longer leaves out the rest. In ms. */
const LONGEST_LOOK = 60_000;

/** What is asked for a verdict: neither logs nor dumps, and nothing that samples threads. */
const LOOK: CollectOptions = { ...USUAL, logs: 'none', flameGraphs: false, maxVertices: MAX_VERTICES, maxMs: LONGEST_LOOK };

export interface Watched<V> {
  client: ClusterClient;
  host: Pick<Host, 'now' | 'wait'>;
  /** Ids of jobs; null: all that run. */
  jobs: readonly string[] | null;
  /** Between two verdicts, in ms, at least {@link LEAST_INTERVAL}. */
  interval: number;
  signal: AbortSignal;
  /** Verdicts after which it ends. */
  times?: number;
  /** What the answers say; `collectInto` asks for them. */
  judge(collectInto: (sink: Sink) => Promise<unknown>): Promise<V>;
  /** A verdict, or why there is none. */
  onLook(look: { at: number; verdict: V } | { at: number; fault: string }): Promise<void> | void;
  /** Something happened since the last time; the next verdict is not waited for. */
  onMoments(moments: readonly Moment[]): Promise<void> | void;
}

/**
 * Looks at a cluster again and again: every 10 s at what happened to its jobs, which costs a call and three for each job that runs,
 * and every interval, and at once where something happened, at all that a verdict needs. Ends when it was told to; rejects for what
 * is no fault of the cluster.
 */
export async function watch<V>({ client, host, jobs, interval, signal, times = Infinity, judge, onLook, onMoments }: Watched<V>): Promise<void> {
  const moments = new Moments(client, jobs);
  const options = { ...LOOK, jobs };
  const collectInto = (sink: Sink): Promise<unknown> => collect({ client, host, sink, options, signal });
  let due = host.now();
  for (let looks = 0; !signal.aborted; ) {
    const begun = host.now();
    // That the cluster does not answer is said by the verdict.
    const found = await moments.look(signal).catch(onlyFailed(() => []));
    if (signal.aborted) return;
    if (found.length > 0) await onMoments(found);
    if (found.length > 0 || begun >= due) {
      const look = await judge(collectInto)
        .then((verdict) => ({ at: begun, verdict }))
        .catch(onlyFailed((error) => ({ at: begun, fault: error.message })));
      if (signal.aborted) return;
      await onLook(look);
      due = begun + interval;
      if (++looks >= times) return;
    }
    await host.wait(Math.max(0, begun + LEAST_INTERVAL - host.now()), signal).catch(() => undefined);
  }
}

/** For what a cluster does not answer; everything else is passed on. */
const onlyFailed =
  <R>(told: (error: CallFailed) => R) =>
  (error: unknown): R => {
    if (error instanceof CallFailed) return told(error);
    throw error;
  };
