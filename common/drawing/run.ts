import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import type { GraphDocument } from '../graph.ts';
import type { Card } from './card.ts';
import { type Drawing, layoutJob, readDrawing } from './elk.ts';
import type { Measure } from './measure.ts';
import { DRAWING } from './words.ts';

/** Why there is no drawing: cancelled by the reader, out of time, or ELK failed. */
export class LayoutStopped extends Error {
  readonly reason: 'cancelled' | 'deadline' | 'failed';

  constructor(reason: 'cancelled' | 'deadline' | 'failed', message: string) {
    super(message);
    this.name = 'LayoutStopped';
    this.reason = reason;
  }
}

/** The part of a web worker that layout needs; the command line has its own. */
export interface ElkWorker {
  onmessage: ((event: { data: unknown }) => void) | null;
  onerror: ((event: { message: string }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

export interface RunOptions {
  /** Gives a worker that nobody else uses, so that it can be ended at any time. */
  worker: () => ElkWorker;
  /** Takes a worker back that is done and warm; without it the worker is ended. */
  keep?: (worker: ElkWorker) => void;
  /** In ms. */
  deadline: number;
  signal?: AbortSignal;
}

/** Runs ELK in a worker. Ending a worker leaves ELK's promise open for ever, so time and cancellation race with it. */
async function runElk(graph: ElkNode, run: RunOptions): Promise<ElkNode> {
  if (run.signal?.aborted) throw new LayoutStopped('cancelled', DRAWING.cancelled);
  const worker = run.worker();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cancelled: (() => void) | undefined;
  let done = false;
  try {
    const result = await new Promise<ElkNode>((resolve, reject) => {
      const stop = (reason: LayoutStopped['reason'], message: string) => reject(new LayoutStopped(reason, message));
      cancelled = () => stop('cancelled', DRAWING.cancelled);
      run.signal?.addEventListener('abort', cancelled, { once: true });
      timer = setTimeout(() => stop('deadline', DRAWING.tooLong(run.deadline / 1000)), run.deadline);
      worker.onerror = (event) => stop('failed', DRAWING.workerFailed(event.message));
      const elk = new ELK({ workerFactory: () => worker as never, algorithms: ['layered'] });
      elk.layout(graph).then(resolve, (error: unknown) => stop('failed', DRAWING.failed(error instanceof Error ? error.message : String(error))));
    });
    done = true;
    return result;
  } finally {
    clearTimeout(timer);
    if (cancelled !== undefined) run.signal?.removeEventListener('abort', cancelled);
    if (done && run.keep !== undefined) run.keep(worker);
    else worker.terminate();
  }
}

export interface Placed {
  drawing: Drawing;
  cards: Map<string, Card>;
}

/** Lays out a graph that went through arrange(). @throws LayoutStopped */
export async function place(graph: GraphDocument<unknown>, measure: Measure, run: RunOptions): Promise<Placed> {
  const job = layoutJob(graph, measure);
  return { drawing: readDrawing(await runElk(job.elk, run), graph), cards: job.cards };
}
