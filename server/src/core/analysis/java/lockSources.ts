/** The methods of several files with the calls in them: which may reach which, and what locks are taken on the ways. */
import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../../../../common/span.ts';
import { bareName, type Method, type TypeDeclaration } from '../../java/declarations.ts';
import { typeOf } from '../../java/scope.ts';
import { type Call, callOf, checkedValue, isUnit, parts, spanOf, textOf, walk } from '../../java/syntax.ts';
import { LOCK_CALLBACKS } from '../../knowledge/lockCallbacks.ts';
import { heldLocks, lockKey, runsElsewhere } from './locks.ts';
import type { JavaModel, Step } from './model.ts';
import { type SharedLock, sharedLocks } from './sharedLocks.ts';

export interface Site {
  model: JavaModel;
  type: TypeDeclaration;
  method: Method;
}

export interface CallIn {
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

export class Sources {
  readonly #types = new Map<string, { type: TypeDeclaration; model: JavaModel; supertypes: string[] }[]>();
  readonly #below = new Map<string, Set<string>>();
  readonly #calls = new Map<Method, CallIn[]>();
  #ways: Map<Method, Map<string, Way>> | undefined;
  #callers: Map<Method, Caller[]> | undefined;
  readonly models: readonly JavaModel[];
  /** Fields that keep the lock of another class. */
  readonly #shared: ReadonlyMap<string, SharedLock>;

  constructor(models: readonly JavaModel[]) {
    this.models = models;
    this.#shared = sharedLocks(models);
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
    const known = this.#calls.get(site.method);
    if (known !== undefined) return known;
    let found = CALLS.get(site.method);
    if (found === undefined) {
      found = readCalls(site);
      CALLS.set(site.method, found);
    }
    if (found.some(({ held }) => held.some(({ key }) => this.#shared.has(key)))) {
      found = found.map((one) => ({ ...one, held: one.held.map((lock) => ({ ...lock, key: this.#shared.get(lock.key)?.key ?? lock.key })) }));
    }
    this.#calls.set(site.method, found);
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

  /** Whether all calls of a method stand in one file. */
  isBegunIn(model: JavaModel, method: Method): boolean {
    this.#ways ??= this.#search();
    const callers = this.#callers?.get(method) ?? [];
    return callers.length > 0 && callers.every(({ site }) => site.model === model);
  }

  /** From the methods that take a lock to their callers, breadth first: linear in the calls of all files for each lock. */
  #search(): Map<Method, Map<string, Way>> {
    const sites = this.models.flatMap(sitesOf);
    const callers = new Map<Method, Caller[]>();
    this.#callers = callers;
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
    let level: { site: Site; key: string; way: Way; files: readonly (string | undefined)[] }[] = [];
    for (const site of sites) {
      for (const { key: own, span } of takenIn(site)) {
        const shared = this.#shared.get(own);
        const key = shared?.key ?? own;
        const way = { step: { uri: site.model.uri, method: nameOf(site), span } };
        if (note(site, key, way)) level.push({ site, key, way, files: [site.model.uri, shared?.uri] });
      }
    }
    for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
      const next: typeof level = [];
      for (const { site, key, way, files } of level) {
        for (const { site: caller, inner, isOpen: open } of callers.get(site.method) ?? []) {
          const step = stepOf(caller, inner, open);
          const through = !files.includes(caller.model.uri) && !key.endsWith(FAR) ? key + FAR : key;
          const longer = { step, next: way };
          if (note(caller, through, longer)) next.push({ site: caller, key: through, way: longer, files });
        }
      }
      level = next;
    }
    return ways;
  }
}

interface Caller {
  site: Site;
  inner: CallIn;
  isOpen: boolean;
}

/** Callbacks come to whoever has registered, so that any of the classes may be the one. */
export const REGISTERED = new Set(LOCK_CALLBACKS.filter(({ effect }) => effect === 'callback').map(({ method }) => method));

export function isOpen({ call }: CallIn, targets: readonly Site[]): boolean {
  return !REGISTERED.has(call.name) && targets.some(({ type }) => type !== targets[0]?.type);
}

export function stepOf(site: Site, { call, rare }: CallIn, open: boolean): Step {
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

export function sitesOf(model: JavaModel): Site[] {
  return model.scope.declarations.types.flatMap((type) =>
    type.methods.filter((method) => method.body !== null).map((method) => ({ model, type, method })),
  );
}

export function nameOf({ type, method }: Site): string {
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
