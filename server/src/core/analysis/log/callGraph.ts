import type { LogException, TraceFrame } from '../../log/model.ts';
import { frameKey, methodKey } from '../../log/traces/frames.ts';
import { walkThrowables } from '../../log/traces/throwables.ts';

/** A method that stands in some stack trace. */
export interface CalledMethod {
  key: string;
  className: string;
  method: string;
  /** Traces that it stands in. */
  traces: number;
  /** A frame that shows it. */
  frame: TraceFrame;
  /** Some trace ends here: the exception was made in it. */
  top: boolean;
}

/** `from` calls `to`, as stack traces show it. */
export interface CallEdge {
  from: string;
  to: string;
  /** Traces that show it. */
  traces: number;
  frame: TraceFrame;
  /** 0-based lines of the callers' frames, first few. */
  lines: number[];
  /** Recursion or overloads. */
  self: boolean;
}

export interface CallGraph {
  methods: CalledMethod[];
  edges: CallEdge[];
  /** The same with lines told apart: frames and pairs of frames. */
  frameCount: number;
  frameEdgeCount: number;
  /** Throwables whose "... N more" could not be completed, so edges may be missing. */
  incomplete: number;
  /** Methods or edges beyond the cap. */
  left: number;
}

const MAX_METHODS = 20_000;
const LINES_KEPT = 5;

/** Merged caller-callee graph of traces; frames cut by "... N more" are completed first where that is safe. */
export function callGraph(exceptions: readonly LogException[], lineOf: (offset: number) => number): CallGraph {
  const methods = new Map<string, CalledMethod>();
  const edges = new Map<string, CallEdge>();
  const frames = new Set<string>();
  const frameEdges = new Set<string>();
  let incomplete = 0;
  let left = 0;
  for (const exception of exceptions) {
    // Within one trace completed frames repeat those of the enclosing exception; each counts once per trace.
    const seen = new Set<string>();
    walkThrowables(exception.top, (throwable, completed) => {
      if (completed === null) incomplete++;
      const stack = completed ?? throwable.frames;
      for (let at = 0; at < stack.length; at++) {
        const frame = stack[at] as TraceFrame;
        const key = methodKey(frame);
        if (frames.size < MAX_METHODS) frames.add(frameKey(frame));
        const method = methods.get(key);
        if (method === undefined) {
          if (methods.size >= MAX_METHODS) {
            left++;
            continue;
          }
          methods.set(key, { key, className: frame.className, method: frame.method, traces: 1, frame, top: at === 0 });
        } else {
          if (!seen.has(key)) method.traces++;
          if (at === 0) method.top = true;
        }
        seen.add(key);
        const caller = stack[at + 1];
        // Frames joined on one damaged line still stand in calling order.
        if (caller === undefined || throwable.gaps.includes(at + 1)) continue;
        const from = methodKey(caller);
        const id = `${from}\n${key}`;
        if (frameEdges.size < MAX_METHODS) frameEdges.add(`${frameKey(caller)}\n${frameKey(frame)}`);
        const edge = edges.get(id);
        if (edge === undefined) {
          if (edges.size >= 4 * MAX_METHODS) left++;
          else edges.set(id, { from, to: key, traces: 1, frame: caller, lines: [lineOf(caller.span.start)], self: from === key });
        } else if (!seen.has(id)) {
          edge.traces++;
          if (edge.lines.length < LINES_KEPT) edge.lines.push(lineOf(caller.span.start));
        }
        seen.add(id);
      }
    });
  }
  return { methods: [...methods.values()], edges: [...edges.values()], frameCount: frames.size, frameEdgeCount: frameEdges.size, incomplete, left };
}
