// What the formats call by many names, normalised.

export type VertexKind =
  | 'source'
  | 'operator'
  | 'sink'
  /** Where the feedback of a loop comes in again: IterationSource, flink-ml head, StateFun feedback-union, partial solution. */
  | 'loop-head'
  /** Where the feedback leaves: IterationSink, flink-ml tail, StateFun feedback, next partial solution. */
  | 'loop-tail'
  /** A batch iteration as a whole; its step function holds the vertices whose `container` it is. */
  | 'iteration';

/** Partitioner of an edge, normalised; `custom` also stands for what a connector defines. */
export type Ship = 'forward' | 'hash' | 'rebalance' | 'rescale' | 'shuffle' | 'global' | 'broadcast' | 'custom' | 'range';

/** ResultPartitionType of the produced result, or the coarser mode of stream-graph, batch and compiled plans. */
export type Exchange =
  | 'pipelined'
  | 'pipelined_bounded'
  | 'pipelined_approximate'
  | 'blocking'
  | 'blocking_persistent'
  | 'hybrid_full'
  | 'hybrid_selective';
