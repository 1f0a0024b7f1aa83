import type { IcicleDocument, IcicleNode, IcicleStack } from '../../../../../common/icicle.ts';
import type { Span } from '../../../../../common/span.ts';
import { activitiesOf } from '../../analysis/threaddump/activity.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { frameName, isJdk } from '../../analysis/threaddump/names.ts';
import { isIdlePoolThread, normalisedClass, normalisedFrame } from '../../analysis/threaddump/stackGroups.ts';
import type { Frame } from '../../threaddump/model.ts';
import { CALL_TREE, CALL_TREE_FACETS, CALL_TREE_UNIT, OTHER_ROLE, REPORT } from './words.ts';

const MAX_MEMBERS = 20;
const MAX_PLACES = 50;
/** Deep recursion says nothing more below this. */
const MAX_DEPTH = 400;

interface Building extends IcicleNode<Span> {
  byFrame: Map<string, Building>;
}

/** The stacks of a dump merged from their outermost frame inwards, for the icicle panel. Idle pool threads are left out. */
export function callTree(analysed: AnalysedDump, title: string): IcicleDocument<Span> {
  const roots = new Map<string, Building>();
  const stacks: IcicleStack[] = [];
  const groups = new Map<string, number>();
  const facets = [new Map<string, number>(), new Map<string, number>()] as const;
  const counter = { next: 0 };
  let idle = 0;
  let cut = 0;
  for (const activity of activitiesOf(analysed)) {
    const { thread, role } = activity;
    if (thread.frames.length === 0) continue;
    if (isIdlePoolThread(activity)) {
      idle++;
      continue;
    }
    if (thread.framesCut) cut++;
    const values = [role?.role.title ?? OTHER_ROLE, thread.state ?? REPORT.notPrinted];
    values.forEach((value, i) => {
      const counts = facets[i as 0 | 1];
      counts.set(value, (counts.get(value) ?? 0) + 1);
    });
    const end = insert(roots, [...thread.frames].reverse().slice(0, MAX_DEPTH), counter);
    const key = `${end.id}\n${values.join('\n')}`;
    let index = groups.get(key);
    if (index === undefined) {
      index = stacks.push({ count: 0, values, members: [] }) - 1;
      groups.set(key, index);
      end.ends.push(index);
    }
    const stack = stacks[index] as IcicleStack;
    stack.count++;
    if (stack.members.length < MAX_MEMBERS) stack.members.push(thread.name);
  }
  const document: IcicleDocument<Span> = {
    title,
    unit: CALL_TREE_UNIT,
    roots: finish(roots),
    stacks,
    facets: facets.map((counts, i) => ({
      name: CALL_TREE_FACETS[i as 0 | 1],
      values: [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value),
    })),
    notes: [...(idle > 0 ? [CALL_TREE['idle-left-out']({ count: idle })] : []), ...(cut > 0 ? [CALL_TREE['stacks-cut']({ count: cut })] : [])],
  };
  return stacks.length > 0 ? document : { ...document, empty: CALL_TREE['no-stacks']({}) };
}

function insert(roots: Map<string, Building>, outermostFirst: readonly Frame[], counter: { next: number }): Building {
  let level = roots;
  let node: Building | undefined;
  for (const frame of outermostFirst) {
    const key = normalisedFrame(frame);
    let next = level.get(key);
    if (next === undefined) {
      next = {
        id: `n${counter.next++}`,
        label: label(frame),
        description: `${normalisedClass(frame.className)}.${frame.method} ${frameName(frame)}`,
        kind: kindOf(frame),
        children: [],
        ends: [],
        places: [],
        byFrame: new Map(),
      };
      level.set(key, next);
    }
    if (next.places.length < MAX_PLACES) next.places.push(frame.span);
    node = next;
    level = next.byFrame;
  }
  return node as Building;
}

function label(frame: Frame): string {
  return frameName({ ...frame, className: normalisedClass(frame.className), file: null, native: false });
}

function kindOf(frame: Frame): IcicleNode<Span>['kind'] {
  if (isJdk(frame)) return 'jdk';
  if (frame.className.startsWith('org.apache.flink.')) return frame.className.startsWith('org.apache.flink.shaded.') ? 'library' : 'flink';
  return /^(?:org\.|io\.|com\.google|com\.fasterxml|scala\.|akka\.|kotlin)/.test(frame.className) ? 'library' : 'application';
}

/** Children sorted by name, so that equal stacks lie side by side. */
function finish(roots: Map<string, Building>): IcicleNode<Span>[] {
  const result: IcicleNode<Span>[] = [];
  const open: { from: Map<string, Building>; into: IcicleNode<Span>[] }[] = [{ from: roots, into: result }];
  for (const { from, into } of open) {
    for (const [, { byFrame, ...node }] of [...from].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
      into.push(node);
      open.push({ from: byFrame, into: node.children });
    }
  }
  return result;
}
