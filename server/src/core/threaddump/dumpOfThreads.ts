import type { JsonNode } from '../unwrap/json/tree.ts';
import type { Source } from '../unwrap/source.ts';
import type { Dialect, ThreadDump } from './model.ts';
import type { LazyThread } from './thread.ts';

/**
 * The dump of a JSON list with one object a thread: what is no object is passed over. Such lists name every lock that is
 * held and waited for, but neither the JVM nor the time.
 *
 * @param cut the text ends inside the list
 */
export function dumpOfThreads(
  dialect: Dialect,
  source: Source,
  root: JsonNode,
  nodes: readonly JsonNode[],
  threadOf: (source: Source, node: JsonNode) => LazyThread,
  cut: boolean,
): ThreadDump {
  const threads: LazyThread[] = [];
  for (const node of nodes) {
    if (node.kind !== 'object') continue;
    const thread = threadOf(source, node);
    thread.index = threads.length;
    threads.push(thread);
  }
  return {
    dialect,
    jvm: null,
    time: null,
    span: source.span(root.start, root.end),
    threads,
    section: null,
    shows: { monitors: true, synchronizers: true, states: true, complete: !cut },
  };
}
