import type { IcicleDocument, IcicleNode, IcicleStack } from '../../../../../common/icicle.ts';
import type { Span } from '../../../../../common/span.ts';
import { LIBRARY } from '../../analysis/log/exceptionGroups.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import { lineName } from '../../log/files.ts';
import type { TraceFrame } from '../../log/model.ts';
import { frameKey, methodKey } from '../../log/traces/frames.ts';
import { rootOf, walkThrowables } from '../../log/traces/throwables.ts';
import { ICICLE } from './words.ts';

const MAX_TRACES = 5000;
const MAX_NODES = 20_000;
const MAX_PLACES = 20;
const MAX_MEMBERS = 20;

/** All stack traces of a log merged into one call tree; every throwable of a chain counts as a stack of its own. */
export function logIcicle(analysis: LogAnalysis): IcicleDocument<Span> {
  const { log } = analysis;
  const roots: IcicleNode<Span>[] = [];
  const index = new Map<string, IcicleNode<Span>>();
  const stacks: IcicleStack[] = [];
  const known = new Map<string, number>();
  const counts = [new Map<string, number>(), new Map<string, number>()];
  let cut = 0;
  let nodes = 0;
  for (const exception of log.exceptions.slice(0, MAX_TRACES)) {
    const cause = rootOf(exception).className ?? ICICLE.unknown;
    walkThrowables(exception.top, (throwable, completed) => {
      if (completed === null) cut++;
      const frames = completed ?? throwable.frames;
      if (frames.length === 0 || throwable.gaps.length > 0) return;
      const own = throwable.className ?? (exception.kind === 'thread-stack' ? ICICLE.thread : ICICLE.unknown);
      const values = [own, cause];
      const key = `${frames.map(frameKey).join('\n')}\n${values.join('\n')}`;
      const member = ICICLE.member(lineName(analysis.files, throwable.line), own);
      const at = known.get(key);
      for (const [facet, value] of values.entries()) counts[facet]?.set(value, (counts[facet]?.get(value) ?? 0) + 1);
      if (at !== undefined) {
        const stack = stacks[at] as IcicleStack;
        stack.count++;
        if (stack.members.length < MAX_MEMBERS) stack.members.push(member);
        return;
      }
      let children = roots;
      let path = '';
      let leaf: IcicleNode<Span> | undefined;
      for (let depth = frames.length - 1; depth >= 0; depth--) {
        const frame = frames[depth] as TraceFrame;
        path += `/${methodKey(frame)}`;
        let node = index.get(path);
        if (node === undefined) {
          if (++nodes > MAX_NODES) break;
          node = {
            id: path,
            label: short(frame),
            description: frameKey(frame),
            kind: kindOfClass(frame.className),
            children: [],
            ends: [],
            places: [],
          };
          index.set(path, node);
          children.push(node);
        }
        if (node.places.length < MAX_PLACES) node.places.push(frame.span);
        leaf = node;
        children = node.children;
      }
      known.set(key, stacks.length);
      leaf?.ends.push(stacks.length);
      stacks.push({ count: 1, values, members: [member] });
    });
  }
  for (const node of index.values()) node.children.sort((a, b) => (a.label < b.label ? -1 : 1));
  roots.sort((a, b) => (a.label < b.label ? -1 : 1));
  const notes: string[] = [];
  if (log.exceptions.length > MAX_TRACES) notes.push(ICICLE.tracesLeft(MAX_TRACES, log.exceptions.length));
  if (nodes > MAX_NODES) notes.push(ICICLE.cut);
  if (cut > 0) notes.push(ICICLE.endEarly(cut));
  return {
    title: ICICLE.title,
    unit: ICICLE.unit,
    roots,
    stacks,
    facets: ICICLE.facets.map((name, facet) => ({ name, values: [...(counts[facet] ?? [])].sort((a, b) => b[1] - a[1]).map(([value]) => value) })),
    ...(stacks.length === 0 ? { empty: ICICLE.empty } : {}),
    notes,
  };
}

function short(frame: TraceFrame): string {
  return `${frame.className.slice(frame.className.lastIndexOf('.') + 1)}.${frame.method}`;
}

/** Whose code a class is. */
export function kindOfClass(className: string): IcicleNode<Span>['kind'] {
  if (/^(?:java|javax|jdk|sun|com\.sun)\./.test(className)) return 'jdk';
  if (/^org\.apache\.flink\.(?!shaded)/.test(className)) return 'flink';
  return LIBRARY.test(className) ? 'library' : 'application';
}
