import { existsSync } from 'node:fs';
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
import { jsonText } from '../../../common/visible.ts';
import { WORDS } from './words.ts';

/** Nobody watches the command line: it may take longer than a panel. In ms. */
const DEADLINE = 120_000;

/** ELK beside the bundle, or in node_modules when run from source. */
function elkFile(): string {
  const places = [path.join(__dirname, '../media/elk-worker.js'), path.join(__dirname, '../../../node_modules/elkjs/lib/elk-worker.min.js')];
  const found = places.find((file) => existsSync(file));
  if (found === undefined) throw new Error(`The layout engine is missing: looked for ${places.join(' and ')}.`);
  return found;
}

// ELK's worker script offers a stand-in for a web worker when it is not in one: this runs it in a thread of Node's.
const BRIDGE = `
const { parentPort, workerData } = require('node:worker_threads');
const { Worker } = require(workerData);
const elk = new Worker();
elk.onmessage = (event) => parentPort.postMessage(event.data);
parentPort.on('message', (message) => elk.postMessage(message));
`;

/** A web worker, as far as ELK needs one, on a thread of Node's. */
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
 * Writes a graph in the format asked for. `json` and `dot` hold the whole graph, `svg` folds what is too much to draw.
 * @throws LayoutStopped when layout fails
 */
export async function render(graph: GraphDocument<Range>, format: 'svg' | 'dot' | 'json'): Promise<string> {
  if (format === 'json') return `${jsonText(graph, 2)}\n`;
  if (format === 'dot') return dotDocument(tidy(graph));
  if (graph.nodes.length === 0) return emptySvg(graph, LIGHT);
  const arranged = arrange(graph);
  const { drawing, cards } = await place(arranged.graph, tableMeasure, { worker: elkThread, deadline: DEADLINE });
  const folded = arranged.folded === 0 ? [] : [WORDS.foldedInPicture(arranged.folded, graph.nodes.length)];
  return svgDocument({ ...arranged.graph, notes: [...graph.notes, ...folded] }, drawing, cards, { palette: LIGHT });
}
