/** What the name of an operator says about loops. */
export interface LoopRole {
  end: 'head' | 'tail';
  origin: LoopOrigin;
  /** What head and tail have in common; null where names do not pair them (flink-ml, StateFun). */
  key: string | null;
}

const ITERATION = /^(?:Source: |Sink: )?Iteration(Source|Sink)-(-?\d+)(?:\s*\(.*)?$/;
const ML = /^(head|tail)-\S/;

/**
 * Names that Flink and its libraries give to the two ends of a loop: StreamGraph.createIterationSourceAndSink,
 * flink-ml Iterations, StateFun's FeedbackUnionOperator. A chained vertex is looked at operator by operator.
 */
export function loopRoles(name: string): LoopRole[] {
  if (!mayNameLoop(name)) return [];
  const parts = name.includes(' -> ') ? name.split(' -> ') : [name];
  return parts.map((part) => operatorRole(part.replace(/^[(\s]+|(?<![)\s])[)\s]+$/g, ''))).filter((role) => role !== null);
}

/** False for most names; cheap, to be asked before anything is decoded. */
export function mayNameLoop(text: string): boolean {
  return text.includes('Iteration') || text.includes('head-') || text.includes('tail-') || text.includes('feedback');
}

function operatorRole(name: string): LoopRole | null {
  const iteration = ITERATION.exec(name);
  if (iteration !== null) {
    return { end: iteration[1] === 'Source' ? 'head' : 'tail', origin: 'iterate', key: iteration[2] ?? '' };
  }
  const ml = ML.exec(name);
  // tail-map-X only merges the criteria stream; it takes no part in the pairing.
  if (ml !== null && !name.startsWith('tail-map-')) return { end: ml[1] === 'head' ? 'head' : 'tail', origin: 'flink-ml', key: null };
  if (name === 'feedback-union') return { end: 'head', origin: 'statefun', key: 'statefun' };
  if (name === 'feedback') return { end: 'tail', origin: 'statefun', key: 'statefun' };
  return null;
}

export type LoopOrigin =
  /** IterationSource-N and IterationSink-N of DataStream.iterate(). */
  | 'iterate'
  /** head-X and tail-Y of flink-ml iterations. */
  | 'flink-ml'
  /** feedback-union and feedback of Stateful Functions. */
  | 'statefun'
  /** Step function of a batch (or 0.9-era streaming) plan. */
  | 'step-function'
  /** A cycle among the edges of the document. */
  | 'cycle';
