import { type Measure, tableMeasure } from '../../common/drawing/measure.ts';
import { type ElkWorker, type Placed, place } from '../../common/drawing/run.ts';
import type { GraphDocument } from '../../common/graph.ts';
import { fact } from '../shared/host.ts';
import { PAGE } from './words.ts';

/** In ms. The list is there from the beginning and the reader can cancel: this is for those who went away. */
const DEADLINE = 30_000;
/** An engine that has not come up by then is started anew: a graph should not wait for one that was lost. */
const START_DEADLINE = 10_000;

/** Laid out first, while the file is still being read: the engine's code is then loaded and partly compiled. */
const SMALL: GraphDocument<unknown> = {
  view: 'lock-wait',
  title: '',
  nodes: ['a', 'b', 'c'].map((id) => ({ id, kind: 'thread', label: id, description: id })),
  groups: [],
  edges: ['ab', 'bc', 'ca'].map((id) => ({ id, from: id.charAt(0), to: id.charAt(1), kind: 'waits-for', label: id, description: id })),
  legend: [],
  notes: [],
  direction: 'down',
};

/** A web worker as layout knows it. */
function elkWorker(url: string): ElkWorker {
  const worker = new Worker(url);
  const made: ElkWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
  worker.onmessage = (event) => made.onmessage?.(event);
  worker.onerror = (event) => made.onerror?.(event);
  return made;
}

/** Keeps one warm layout worker: its script takes a while to start, so that begins before the first graph is there. */
export class ElkClient {
  readonly #script: Promise<string>;
  readonly #warm: Promise<void>;
  #spare: ElkWorker | undefined;

  constructor() {
    // A worker must come from the page's own origin: the script is fetched and made into a blob.
    this.#script = fetch(fact('elk')).then(async (response) => {
      if (!response.ok) throw new Error(PAGE.noEngine(response.status));
      return URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
    });
    this.#warm = this.#script
      .then((url) => this.#run(url, SMALL, tableMeasure, START_DEADLINE))
      .then(
        () => undefined,
        () => undefined, // what is wrong is said when a layout is asked for
      );
  }

  /** @throws LayoutStopped when it is cancelled, out of time or impossible; Error when the engine is not there */
  async layout(graph: GraphDocument<unknown>, measure: Measure, signal: AbortSignal): Promise<Placed> {
    const url = await this.#script;
    await this.#warm;
    return this.#run(url, graph, measure, DEADLINE, signal);
  }

  #run(url: string, graph: GraphDocument<unknown>, measure: Measure, deadline: number, signal?: AbortSignal): Promise<Placed> {
    return place(graph, measure, {
      deadline,
      ...(signal === undefined ? {} : { signal }),
      worker: () => {
        const worker = this.#spare ?? elkWorker(url);
        this.#spare = undefined;
        return worker;
      },
      keep: (worker) => {
        if (this.#spare === undefined) this.#spare = worker;
        else worker.terminate();
      },
    });
  }
}
