import type { GraphDocument, GraphEdge, GraphNode } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import { type CalledMethod, callGraph } from '../../analysis/log/callGraph.ts';
import { LIBRARY } from '../../analysis/log/exceptionGroups.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import type { LogException } from '../../log/model.ts';
import { methodKey } from '../../log/traces/frames.ts';
import { walkThrowables } from '../../log/traces/throwables.ts';
import { CALLS } from './words.ts';

/** More methods than this are no picture any more; the most frequent ones are kept. */
const MAX_NODES = 250;
const MAX_EXCEPTION_NODES = 40;
const MAX_TRACES = 2000;

/**
 * Who called whom, from all stack traces of a log, with the exceptions at the methods that made them.
 * `focus`: "exception:N" for one trace, or the start of a finding's span.
 */
export function callsGraph(analysis: LogAnalysis, focus?: string): GraphDocument<Span> {
  const traces = chosen(analysis, focus);
  const graph = callGraph(traces, () => 0);
  const kept = [...graph.methods].sort((a, b) => b.traces - a.traces).slice(0, MAX_NODES);
  const keys = new Set(kept.map((method) => method.key));
  const thrown = exceptionNodes(traces, keys);
  const nodes: GraphNode<Span>[] = [
    ...graph.methods.filter((method) => keys.has(method.key)).map((method) => node(method, thrown.roots)),
    ...thrown.nodes,
  ];
  const edges: GraphEdge<Span>[] = graph.edges
    .filter((edge) => keys.has(edge.from) && keys.has(edge.to))
    .map((edge) => ({
      id: `call:${edge.from}>${edge.to}`,
      from: `method:${edge.from}`,
      to: `method:${edge.to}`,
      kind: 'calls',
      ...(edge.traces > 1 ? { label: String(edge.traces) } : {}),
      place: edge.frame.span,
      description: CALLS.call(edge.from, edge.to, edge.self, edge.traces),
    }));
  edges.push(...thrown.edges);
  const notes: string[] = [];
  const hidden = graph.methods.length - kept.length + graph.left;
  if (hidden > 0) notes.push(CALLS.methodsLeft(hidden));
  if (graph.incomplete > 0) notes.push(CALLS.incomplete(graph.incomplete));
  if (traces.length > 1 && traces.length < analysis.log.exceptions.length) notes.push(CALLS.alike);
  return {
    view: 'calls',
    title: CALLS.title(traces.length),
    nodes,
    groups: [],
    edges,
    legend: [...CALLS.legend],
    ...(nodes.length === 0 ? { empty: CALLS.empty } : {}),
    notes,
    direction: 'down',
  };
}

function chosen(analysis: LogAnalysis, focus: string | undefined): readonly LogException[] {
  const { exceptions } = analysis.log;
  const named = focus === undefined ? null : /^exception:(\d+)$/.exec(focus);
  const start = focus !== undefined && /^\d+$/.test(focus) ? Number(focus) : null;
  const one = named !== null ? exceptions[Number(named[1])] : start !== null ? exceptions.find(({ span }) => span.end >= start) : undefined;
  if (one !== undefined) return [one];
  return exceptions.length <= MAX_TRACES ? exceptions : analysis.groups.flatMap((group) => group.members[0] ?? []);
}

function node(method: CalledMethod, roots: ReadonlySet<string>): GraphNode<Span> {
  const dot = method.className.lastIndexOf('.');
  const owner = method.className.slice(dot + 1);
  const library = LIBRARY.test(method.className);
  const root = roots.has(method.key);
  return {
    id: `method:${method.key}`,
    kind: 'method',
    label: `${owner}.${method.method}`,
    ...(dot === -1 ? {} : { lines: [method.className.slice(0, dot)] }),
    ...(method.traces > 1 ? { badges: [{ text: CALLS.traces(method.traces), tone: 'neutral' as const }] } : {}),
    emphasis: root ? 'suspect' : library ? 'muted' : 'none',
    place: method.frame.span,
    description: CALLS.method(method.key, method.traces, root),
    details: [
      [CALLS.class, method.className],
      [CALLS.methodName, method.method],
      ...(method.frame.jar === null || method.frame.jar.name === '?'
        ? []
        : [[CALLS.from, CALLS.jar(method.frame.jar.name, method.frame.jar.version)] as [string, string]]),
    ],
  };
}

/** Exceptions by class and the method that made them; wrapped ones point at what they were wrapped into. */
function exceptionNodes(
  traces: readonly LogException[],
  methods: ReadonlySet<string>,
): { nodes: GraphNode<Span>[]; edges: GraphEdge<Span>[]; roots: Set<string> } {
  const nodes = new Map<string, GraphNode<Span>>();
  const edges = new Map<string, GraphEdge<Span>>();
  const roots = new Set<string>();
  for (const trace of traces) {
    walkThrowables(trace.top, (throwable, _frames, enclosing) => {
      const top = throwable.frames[0];
      if (throwable.className === null) return;
      const at = top === undefined ? '' : methodKey(top);
      const id = `thrown:${throwable.className}@${at}`;
      if (throwable.cause === null && at !== '') roots.add(at);
      if (!nodes.has(id) && nodes.size < MAX_EXCEPTION_NODES) {
        nodes.set(id, {
          id,
          kind: 'exception',
          label: throwable.className.slice(throwable.className.lastIndexOf('.') + 1),
          ...(throwable.message === null ? {} : { lines: [throwable.message.split('\n')[0]?.slice(0, 120) ?? ''] }),
          emphasis: throwable.cause === null ? 'suspect' : 'none',
          place: throwable.headSpan,
          description: CALLS.exception(throwable.className, throwable.cause === null),
        });
      }
      if (!nodes.has(id)) return;
      if (methods.has(at)) {
        const key = `made:${at}>${id}`;
        if (!edges.has(key))
          edges.set(key, {
            id: key,
            from: `method:${at}`,
            to: id,
            kind: 'causes',
            label: CALLS.throws,
            place: throwable.headSpan,
            description: CALLS.thrown(at, throwable.className),
          });
      }
      const outer = enclosing?.throwable;
      if (outer === undefined || outer.className === null || throwable.relation !== 'caused-by') return;
      const outerTop = outer.frames[0];
      const outerId = `thrown:${outer.className}@${outerTop === undefined ? '' : methodKey(outerTop)}`;
      const key = `wrapped:${id}>${outerId}`;
      if (nodes.has(outerId) && !edges.has(key))
        edges.set(key, {
          id: key,
          from: id,
          to: outerId,
          kind: 'causes',
          label: CALLS.wrapped,
          place: throwable.headSpan,
          description: CALLS.wrapping(throwable.className, outer.className),
        });
    });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], roots };
}
