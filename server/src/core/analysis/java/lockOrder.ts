/**
 * In which order the classes of several files take locks: a call under one lock that takes another, and elsewhere the
 * other way round. `lockOrder(model, others)` gives, for the calls of one file, the other side. Classes, not objects, are
 * told apart: whether the very same two objects meet is not in the source.
 */
import type { Method } from '../../java/declarations.ts';
import { spanOf } from '../../java/syntax.ts';
import { type CallIn, isOpen, nameOf, REGISTERED, type Site, Sources, sitesOf, stepOf } from './lockSources.ts';
import type { ComesBack, JavaModel, LockOrder, Opposite, Step } from './model.ts';

export function lockOrder(model: JavaModel, others: readonly JavaModel[]): LockOrder {
  const sources = new Sources([model, ...others]);
  const known = new Set<number>();
  // A lock may be held by a caller in the file as well.
  const guarded = new Set(model.guarded.map(({ callback }) => callback.call.node.from));
  for (const site of sitesOf(model)) {
    for (const inner of sources.calls(site)) {
      const isHeld = inner.held.length > 0 || guarded.has(inner.call.node.from);
      if (isHeld && sources.targets(inner, site).some((target) => target.model !== model)) known.add(inner.call.node.from);
    }
  }
  return { files: others.length, opposites: opposites(sources, model, others), comesBack: comeBacks(sources, model), known };
}

/** Longest way on which a callback is followed. */
const FAR_ENOUGH = 7;

function comeBacks(sources: Sources, model: JavaModel): ComesBack[] {
  const result: ComesBack[] = [];
  for (const site of sitesOf(model)) {
    for (const inner of sources.calls(site)) {
      const held = inner.held.at(-1);
      // Only what is told whom to call back can do so.
      const handsOn = inner.call.arguments.some((argument) => argument.name === 'this');
      if (held === undefined || inner.own || !handsOn || result.some((other) => other.call.node.from === inner.call.node.from)) continue;
      const found = follow(sources, site, inner);
      if (found !== null) result.push({ call: inner.call, lock: held.key, lockSpan: held.span, ...found });
    }
  }
  return result;
}

/** Breadth first from a call to a callback that reaches the class of the call. */
function follow(sources: Sources, from: Site, first: CallIn): { callback: string; way: Step[] } | null {
  const seen = new Set<Method>();
  let level = sources.targets(first, from).map((site) => ({ site, way: [] as Step[] }));
  for (let depth = 0; depth < FAR_ENOUGH && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { site, way } of level) {
      if (seen.has(site.method) || site.model === from.model) continue;
      seen.add(site.method);
      for (const inner of sources.calls(site)) {
        const step = { uri: site.model.uri, method: nameOf(site), span: spanOf(inner.call.nameNode) };
        for (const target of sources.targets(inner, site)) {
          if (target.type === from.type && REGISTERED.has(inner.call.name)) return { callback: inner.call.name, way: [...way, step] };
          next.push({ site: target, way: [...way, step] });
        }
      }
    }
    level = next;
  }
  return null;
}

/** The way from one lock to another. */
interface Edge {
  steps: Step[];
  /** It begins in a method that only the file at hand calls, so that its class can keep the two apart. */
  isOwn: boolean;
}

const length = ({ way, back }: Pick<Opposite, 'way' | 'back'>): number => Math.max(way.length, back.length);

/** For calls of one file under a lock: where the classes of all files take the locks the other way round, by the shortest ways. */
function opposites(sources: Sources, model: JavaModel, others: readonly JavaModel[]): Opposite[] {
  /** "A > B": where A is held, and the way from there to B. */
  const edges = new Map<string, Edge>();
  const outOf = function* (site: Site): Generator<{ inner: CallIn; held: CallIn['held'][number]; key: string; way: Step[]; open: boolean }> {
    for (const inner of sources.calls(site)) {
      const held = inner.held.at(-1);
      if (held === undefined) continue;
      const targets = sources.targets(inner, site);
      const open = isOpen(inner, targets);
      for (const target of targets) for (const [key, way] of sources.reaches(target, held.key)) yield { inner, held, key, way, open };
    }
  };
  for (const site of others.flatMap(sitesOf)) {
    for (const { inner, held, key, way, open } of outOf(site)) {
      if (held.key === key) continue;
      const name = `${held.key} > ${key}`;
      const known = edges.get(name);
      const edge = { steps: [stepOf(site, inner, open), ...way], isOwn: sources.isBegunIn(model, site.method) };
      if (known === undefined || (known.isOwn && !edge.isOwn) || (known.isOwn === edge.isOwn && known.steps.length > edge.steps.length))
        edges.set(name, edge);
    }
  }
  const result = new Map<number, Opposite>();
  for (const site of sitesOf(model)) {
    for (const { inner, held, key, way } of outOf(site)) {
      const at = inner.call.node.from;
      const known = result.get(at);
      const found = { call: inner.call, lock: held.key, lockSpan: held.span, taken: key, way };
      if (key === held.key) {
        // The same code on another object: only a way that leads through another file can come to one.
        if (way.some(({ uri }) => uri !== model.uri) && known === undefined)
          result.set(at, { ...found, back: [], isOpen: false, isOwn: false, isRare: inner.rare || way.some((step) => step.isRare === true) });
        continue;
      }
      const back = edges.get(`${key} > ${held.key}`);
      if (back === undefined) continue;
      const isRare = inner.rare || [...way, ...back.steps].some((step) => step.isRare === true);
      const one: Opposite = { ...found, back: back.steps, isOpen: back.steps.some((step) => step.isOpen === true), isRare, isOwn: back.isOwn };
      if (known === undefined || known.back.length === 0 || length(one) < length(known)) result.set(at, one);
    }
  }
  return [...result.values()];
}
