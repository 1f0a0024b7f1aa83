import type { Source } from '../unwrap/source.ts';
import type { JobContext } from './context.ts';

/** Beyond this much text beside the plans nothing is looked for: then the plan is an island in a log, not a bundle. */
const MAX_LENGTH = 20 * 1024 * 1024;
/** Of each kind of evidence. */
const MAX_ITEMS = 200;

const ITERATE = /\.iterate\(\s*(?:(\d[\d_]*)\s*(?:[lL]\s*)?)?\)/g;
const FINISHED = 'to FINISHED';
/** Of one line: the task's name may follow a log prefix. */
const FINISHED_TASK = /^(.{1,400}?) \(\d+\/\d+\)/;
const SWITCHED = /switched from \w{1,40} to FINISHED$/;
const MAX_LINE_LENGTH = 4000;
const THREAD = /^"((?:Sink: )?Iteration(Source|Sink)-(-?\d+) \((\d+\/\d+)\)[^"\n]*)"[^\n]*$/gm;
/** config.yaml lines and what the start of a process logs about them. */
const CONFIGURATION = /(?:^[ \t]*|configuration property: )((?:taskmanager|execution|jobmanager|parallelism)\.[\w.-]+)\s*[:=,]\s*(\S+)[ \t]*$/gm;
const VERSION = /Flink(?: version|, version:?|-)? ?v?(\d+\.\d+(?:\.\d+)?)\b/;

/**
 * Looks through the text around the plans for what plans leave out: iterate() calls in code, finished tasks in log lines,
 * iteration threads of a thread dump. `covered` are the documents themselves, in ascending order.
 */
export function readCompanions(source: Source, context: JobContext, covered: readonly [number, number][]): void {
  const { text } = source;
  let from = 0;
  let budget = MAX_LENGTH;
  for (const [start, end] of [...covered, [text.length, text.length] as const]) {
    const piece = text.slice(from, Math.max(from, start));
    budget -= piece.length;
    if (budget < 0) return;
    if (piece.length > 8) readPiece(source, piece, from, context);
    from = Math.max(from, end);
  }
}

function readPiece(source: Source, piece: string, offset: number, context: JobContext): void {
  const span = (start: number, length: number) => source.span(offset + start, offset + start + length);
  for (const match of piece.matchAll(ITERATE)) {
    if (context.iterateCalls.length >= MAX_ITEMS) break;
    const wait = match[1] === undefined ? 0 : Number(match[1].replaceAll('_', ''));
    context.iterateCalls.push({ waitMs: wait, span: span(match.index, match[0].length) });
  }
  for (let at = piece.indexOf(FINISHED); at !== -1 && context.finishedTasks.length < MAX_ITEMS; at = piece.indexOf(FINISHED, at + 1)) {
    const start = piece.lastIndexOf('\n', at) + 1;
    if (at - start > MAX_LINE_LENGTH) continue;
    const line = piece.slice(start, at + FINISHED.length);
    const match = SWITCHED.test(line) ? FINISHED_TASK.exec(line) : null;
    if (match === null) continue;
    const name = (match[1] ?? '').replace(/^.*(?: - |\] )/, '');
    context.finishedTasks.push({ name, span: span(start, at + FINISHED.length - start) });
  }
  if (piece.includes('"Iteration') || piece.includes('"Sink: Iteration')) readThreads(piece, context, span);
  for (const match of piece.matchAll(CONFIGURATION)) {
    if (context.configuration.size >= MAX_ITEMS) break;
    context.configuration.set(match[1] ?? '', { value: match[2] ?? '', span: span(match.index, match[0].length) });
  }
  if (context.flinkVersion === null) {
    const version = VERSION.exec(piece);
    if (version !== null) context.flinkVersion = { text: version[1] ?? '', evidence: 'banner', span: span(version.index, version[0].length) };
  }
}

/**
 * A tail that waits to put into the feedback queue, or a head that waits for a buffer.
 * Frames: StreamIterationTail$IterationTailOutput.collect over ArrayBlockingQueue.put, and LocalBufferPool.requestMemorySegmentBlocking.
 */
function readThreads(piece: string, context: JobContext, span: (start: number, length: number) => { start: number; end: number }): void {
  for (const match of piece.matchAll(THREAD)) {
    if (context.stuckIteration.length >= MAX_ITEMS) return;
    const end = piece.indexOf('\n\n', match.index);
    const stack = piece.slice(match.index, Math.min(end === -1 ? piece.length : end, match.index + 20_000));
    const role = match[2] === 'Source' ? 'head' : 'tail';
    const stuck =
      role === 'tail'
        ? /StreamIterationTail\$IterationTailOutput\.collect/.test(stack) && /BlockingQueue\.(put|offer)/.test(stack)
        : /LocalBufferPool\.requestMemorySegment/.test(stack);
    if (!stuck) continue;
    context.stuckIteration.push({
      role,
      thread: match[1] ?? '',
      subtask: `${match[3]} ${match[4]}`,
      span: span(match.index, match[0].length),
    });
  }
}
