/**
 * In which order the classes of several files take locks: a call under one lock that takes another, and elsewhere the
 * other way round. `lockOrder(model, others)` gives, for the calls of one file, the other side. Classes, not objects, are
 * told apart: whether the very same two objects meet is not in the source.
 */
import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../../../../common/span.ts';
import { bareName, type Method, type TypeDeclaration } from '../../java/declarations.ts';
import { typeOf } from '../../java/scope.ts';
import { type Call, callOf, checkedValue, isUnit, parts, spanOf, textOf, walk } from '../../java/syntax.ts';
import { LOCK_CALLBACKS } from '../../knowledge/lockCallbacks.ts';
import { heldLocks, lockKey, runsElsewhere } from './locks.ts';
import type { ComesBack, JavaModel, LockOrder, Opposite, Step } from './model.ts';

interface Site {
  model: JavaModel;
  type: TypeDeclaration;
  method: Method;
}

interface CallIn {
  call: Call;
  /** Null: of its own object. */
  receiverType: string | null;
  own: boolean;
  /** In a catch. */
  rare: boolean;
  held: { key: string; span: Span }[];
}

const DEEPEST = 12;
/** Targets of one call; a name as common as get() says nothing. */
const MAX_TARGETS = 12;

/** Read once for each method, however many files it is looked at from. */
const CALLS = new WeakMap<Method, CallIn[]>();

/** Interfaces that anything implements: what is reached by them is not told by the type. */
const ANYTHING =
  /^(Runnable|Callable|Supplier|Consumer|BiConsumer|Function|BiFunction|Predicate|Comparable|Iterator|Iterable|AutoCloseable|Closeable|AutoCloseableAsync|Object|Thread|RunnableWithException|ThrowingRunnable|SupplierWithException|FunctionWithException)$/;

class Sources {
  readonly #types = new Map<string, { type: TypeDeclaration; model: JavaModel; supertypes: string[] }[]>();
  readonly #below = new Map<string, Set<string>>();
  #ways: Map<Method, Map<string, Way>> | undefined;
  readonly models: readonly JavaModel[];

  constructor(models: readonly JavaModel[]) {
    this.models = models;
    for (const model of models) {
      for (const type of model.scope.declarations.types) {
        const supertypes = supertypesOf(model, type);
        const known = this.#types.get(type.name) ?? [];
        known.push({ type, model, supertypes });
        this.#types.set(type.name, known);
        for (const one of supertypes) this.#below.set(one, (this.#below.get(one) ?? new Set()).add(type.name));
      }
    }
  }

  /** A type and all that extend or implement it. */
  #family(name: string): Set<string> {
    const result = new Set([name]);
    for (const one of result) for (const below of this.#below.get(one) ?? []) result.add(below);
    return result;
  }

  #declared(name: string, method: string, count: number): Site[] {
    return (this.#types.get(name) ?? []).flatMap(({ type, model }) =>
      type.methods
        .filter((one) => one.name === method && one.body !== null && one.parameters.length === count)
        .map((one) => ({ model, type, method: one })),
    );
  }

  targets({ call, receiverType, own }: CallIn, from: Site): Site[] {
    const count = call.arguments.length;
    const first = own ? from.type.name : receiverType;
    if (first === null || ANYTHING.test(first)) return [];
    const found = [...this.#family(first)].flatMap((name) => this.#declared(name, call.name, count));
    if (found.length === 0) {
      // Inherited: upwards from the type.
      for (let names = [first], depth = 0; names.length > 0 && depth < 5; depth++) {
        names = names.flatMap((name) => (this.#types.get(name) ?? []).flatMap(({ supertypes }) => supertypes));
        const above = names.flatMap((name) => this.#declared(name, call.name, count));
        if (above.length > 0) return above.slice(0, MAX_TARGETS);
      }
    }
    return found.length > MAX_TARGETS ? [] : found;
  }

  calls(site: Site): CallIn[] {
    let found = CALLS.get(site.method);
    if (found === undefined) {
      found = readCalls(site);
      CALLS.set(site.method, found);
    }
    return found;
  }

  /**
   * The locks that a method takes, by itself or through what it calls, each with the shortest way.
   *
   * @param held to this lock only ways that lead through another file: no other can come to another object
   */
  reaches(site: Site, held: string): Map<string, Step[]> {
    this.#ways ??= this.#search();
    const result = new Map<string, Step[]>();
    for (const [key, found] of this.#ways.get(site.method) ?? []) {
      const way: Step[] = [];
      for (let at: Way | undefined = found; at !== undefined && way.length < DEEPEST; at = at.next) way.push(at.step);
      const plain = key.replace(FAR, '');
      if (plain === held ? key !== plain : key === plain || !result.has(plain)) result.set(plain, way);
    }
    return result;
  }

  /** From the methods that take a lock to their callers, breadth first: linear in the calls of all files for each lock. */
  #search(): Map<Method, Map<string, Way>> {
    const sites = this.models.flatMap(sitesOf);
    const callers = new Map<Method, { site: Site; inner: CallIn; isOpen: boolean }[]>();
    for (const site of sites) {
      for (const inner of this.calls(site)) {
        const targets = this.targets(inner, site);
        const caller = { site, inner, isOpen: isOpen(inner, targets) };
        for (const target of targets) {
          const known = callers.get(target.method);
          if (known === undefined) callers.set(target.method, [caller]);
          else known.push(caller);
        }
      }
    }
    const ways = new Map<Method, Map<string, Way>>();
    const note = (site: Site, key: string, way: Way): boolean => {
      const own = ways.get(site.method) ?? new Map<string, Way>();
      ways.set(site.method, own);
      if (own.has(key)) return false;
      own.set(key, way);
      return true;
    };
    let level: { site: Site; key: string; way: Way; file: string }[] = [];
    for (const site of sites) {
      for (const { key, span } of takenIn(site)) {
        const way = { step: { uri: site.model.uri, method: nameOf(site), span } };
        if (note(site, key, way)) level.push({ site, key, way, file: site.model.uri });
      }
    }
    for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
      const next: typeof level = [];
      for (const { site, key, way, file } of level) {
        for (const { site: caller, inner, isOpen: open } of callers.get(site.method) ?? []) {
          const step = stepOf(caller, inner, open);
          const through = caller.model.uri !== file && !key.endsWith(FAR) ? key + FAR : key;
          const longer = { step, next: way };
          if (note(caller, through, longer)) next.push({ site: caller, key: through, way: longer, file });
        }
      }
      level = next;
    }
    return ways;
  }
}

/** Callbacks come to whoever has registered, so that any of the classes may be the one. */
const REGISTERED = new Set(LOCK_CALLBACKS.filter(({ effect }) => effect === 'callback').map(({ method }) => method));

function isOpen({ call }: CallIn, targets: readonly Site[]): boolean {
  return !REGISTERED.has(call.name) && targets.some(({ type }) => type !== targets[0]?.type);
}

function stepOf(site: Site, { call, rare }: CallIn, open: boolean): Step {
  return {
    uri: site.model.uri,
    method: nameOf(site),
    span: spanOf(call.nameNode),
    ...(open ? { isOpen: true } : {}),
    ...(rare ? { isRare: true } : {}),
  };
}

interface Way {
  step: Step;
  next?: Way;
}

/** Marks a way that leads through another file than that of the lock. */
const FAR = ' far';

function sitesOf(model: JavaModel): Site[] {
  return model.scope.declarations.types.flatMap((type) =>
    type.methods.filter((method) => method.body !== null).map((method) => ({ model, type, method })),
  );
}

function nameOf({ type, method }: Site): string {
  return `${type.name}.${method.name}`;
}

function supertypesOf(model: JavaModel, type: TypeDeclaration): string[] {
  const result: string[] = [];
  for (const clause of ['Superclass', 'SuperInterfaces', 'ExtendsInterfaces']) {
    const node = type.node.getChild(clause);
    if (node === null) continue;
    const list = node.getChild('InterfaceTypeList') ?? node;
    for (const one of parts(list)) if (/Type(Name)?$/.test(one.name)) result.push(bareName(textOf(model.scope.source, one)));
  }
  return result;
}

function takenIn({ model, method, type }: Site): { key: string; span: Span }[] {
  const { source, declarations } = model.scope;
  const result: { key: string; span: Span }[] = [];
  if (method.modifiers.has('synchronized'))
    result.push({ key: `${type.name}.this`, span: spanOf(method.node.getChild('Definition') ?? method.node) });
  if (method.body === null) return result;
  walk(method.body, (node) => {
    if (node.name === 'LambdaExpression' && runsElsewhere(source, node)) return false;
    const body = node.name === 'SynchronizedStatement' ? node.getChild('Block') : null;
    const call = callOf(source, node);
    if (body !== null) {
      const lock = heldLocks(source, declarations, body)[0];
      if (lock !== undefined) result.push({ key: lockKey(model.scope, lock, node), span: lock.span });
    } else if (call !== null && call.receiver !== null && /^(lock|lockInterruptibly)$/.test(call.name) && call.arguments.length === 0) {
      result.push({ key: `${type.name}.${textOf(source, call.receiver).replace(/^this\./, '')}`, span: spanOf(call.receiver) });
    }
    return true;
  });
  return result;
}

/** All calls of a method; what stands in a lambda may run in the method too, as a future that is complete runs it at once. */
function readCalls({ model, method }: Site): CallIn[] {
  const { source, declarations } = model.scope;
  const result: CallIn[] = [];
  if (method.body === null) return result;
  walk(method.body, (node: SyntaxNode) => {
    const call = callOf(source, node);
    if (call === null) return node.name !== 'ClassBody' && !(node.name === 'LambdaExpression' && runsElsewhere(source, node));
    const own = call.receiver === null || call.receiver.name === 'this';
    const type = own || call.receiver === null ? null : typeOf(model.scope, checkedValue(source, call.receiver));
    const held = heldLocks(source, declarations, node, true).map((lock) => ({ key: lockKey(model.scope, lock, node), span: lock.span }));
    const rare = isInCatch(node);
    const entry = LOCK_CALLBACKS.find(
      (one) => one.method === call.name && one.leadsTo !== undefined && one.arguments.includes(call.arguments.length),
    );
    if (entry?.leadsTo !== undefined) {
      // Through a library: what it leads to is known.
      const { type: to, method: name, count } = entry.leadsTo;
      result.push({ call: { ...call, name, arguments: Array<SyntaxNode>(count).fill(node) }, receiverType: to, own: false, rare, held });
    }
    result.push({ call, receiverType: type === null ? null : bareName(type), own, rare, held });
    return true;
  });
  return result;
}

function isInCatch(node: SyntaxNode): boolean {
  for (let at = node.parent; at !== null && !isUnit(at); at = at.parent) if (at.name === 'CatchClause') return true;
  return false;
}

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

const length = ({ way, back }: Pick<Opposite, 'way' | 'back'>): number => Math.max(way.length, back.length);

/** For calls of one file under a lock: where the classes of all files take the locks the other way round, by the shortest ways. */
function opposites(sources: Sources, model: JavaModel, others: readonly JavaModel[]): Opposite[] {
  /** "A > B": where A is held, and the way from there to B. */
  const edges = new Map<string, Step[]>();
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
      const edge = `${held.key} > ${key}`;
      const known = edges.get(edge);
      if (known === undefined || known.length > way.length + 1) edges.set(edge, [stepOf(site, inner, open), ...way]);
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
          result.set(at, { ...found, back: [], isOpen: false, isRare: inner.rare || way.some((step) => step.isRare === true) });
        continue;
      }
      const back = edges.get(`${key} > ${held.key}`);
      if (back === undefined) continue;
      const isRare = inner.rare || [...way, ...back].some((step) => step.isRare === true);
      const one: Opposite = { ...found, back, isOpen: back.some((step) => step.isOpen === true), isRare };
      if (known === undefined || known.back.length === 0 || length(one) < length(known)) result.set(at, one);
    }
  }
  return [...result.values()];
}
