import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { arrange } from '../../../common/drawing/arrange.ts';
import { dotDocument } from '../../../common/drawing/dot.ts';
import { tableMeasure } from '../../../common/drawing/measure.ts';
import { type ElkWorker, place } from '../../../common/drawing/run.ts';
import { emptySvg, svgDocument } from '../../../common/drawing/svg.ts';
import { LIGHT } from '../../../common/drawing/theme.ts';
import { tidy } from '../../../common/drawing/tidy.ts';
import type { GraphDocument } from '../../../common/graph.ts';
import type { Range } from '../../../common/span.ts';
import { type Loaded, loadKept } from '../io/keptCode.ts';
import { WORDS } from './words.ts';

/** Nobody watches the command line: it may take longer than a panel. In ms. */
const DEADLINE = 120_000;

/** Up to so many nodes and edges together, nobody wants to end a layout: it is not worth the start of a thread. */
const SMALL = 600;

/** ELK's script offers a stand-in for a web worker where it is not in one: it answers later, in the thread that it is in. */
interface ElkScript {
  Worker: new () => { onmessage: ElkWorker['onmessage']; postMessage(message: unknown): void };
}

/** Beside the bundle. */
const ELK = path.join(__dirname, '../media/elk-worker.js');

/** In node_modules when run from source. */
const elkFile = (): string => (existsSync(ELK) ? ELK : createRequire(__filename).resolve('elkjs/lib/elk-worker.min.js'));

/** With the code that is kept of it; nothing is kept in node_modules. */
function loadElk(): Loaded<ElkScript> {
  const file = elkFile();
  return file === ELK ? loadKept(file) : { exports: createRequire(__filename)(file), keep: () => undefined };
}

/** ELK in this thread. */
function elkHere(): ElkWorker {
  const { exports, keep } = loadElk();
  const elk = new exports.Worker();
  const worker: ElkWorker = { onmessage: null, onerror: null, postMessage: (message) => elk.postMessage(message), terminate: keep };
  elk.onmessage = (event) => worker.onmessage?.(event);
  return worker;
}

// ELK's stand-in in a thread of its own.
const BRIDGE = `
const { parentPort, workerData } = require('node:worker_threads');
const { Worker } = require(workerData);
const elk = new Worker();
elk.onmessage = (event) => parentPort.postMessage(event.data);
parentPort.on('message', (message) => elk.postMessage(message));
`;

/** ELK in a thread that can be ended. */
export function elkThread(): ElkWorker {
  const thread = new Worker(BRIDGE, { eval: true, workerData: elkFile() });
  const worker: ElkWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => thread.postMessage(message),
    terminate: () => void thread.terminate(),
  };
  thread.on('message', (data) => worker.onmessage?.({ data }));
  thread.on('error', (error) => worker.onerror?.({ message: error.message }));
  return worker;
}

/**
 * Writes a graph in the format asked for. `dot` holds the whole graph, `svg` folds what is too much to draw.
 * @throws LayoutStopped when layout fails
 */
export async function render(graph: GraphDocument<Range>, format: 'svg' | 'dot'): Promise<string> {
  if (format === 'dot') return dotDocument(tidy(graph));
  if (graph.nodes.length === 0) return emptySvg(graph, LIGHT);
  const arranged = arrange(graph);
  const { nodes, edges } = arranged.graph;
  const { drawing, cards } = await place(arranged.graph, tableMeasure, {
    worker: nodes.length + edges.length <= SMALL ? elkHere : elkThread,
    deadline: DEADLINE,
  });
  const folded = arranged.folded === 0 ? [] : [WORDS.foldedInPicture(arranged.folded, graph.nodes.length)];
  return svgDocument({ ...arranged.graph, notes: [...graph.notes, ...folded] }, drawing, cards, { palette: LIGHT });
}
