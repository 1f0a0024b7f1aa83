/** Locks that a class makes and hands to another through its constructor: two fields, one lock. */
import { enclosingType, type Parameter, parametersOf, type TypeDeclaration } from '../../java/declarations.ts';
import { fieldOf } from '../../java/scope.ts';
import { checkedValue, parts, squeezed, textOf, walk } from '../../java/syntax.ts';
import type { JavaModel } from './model.ts';

export interface SharedLock {
  /** "Class.field" of the class that made it. */
  key: string;
  /** The file of that class. */
  uri: string;
}

/** A constructor that keeps what it is given as a lock. */
interface Receiver {
  parameters: Parameter[];
  /** Place of a parameter -> the field that keeps it. */
  fields: Map<number, string>;
}

const LOCK_TYPE = /^(?:Object|(?:\w+\.)*\w*Lock)$/;

/**
 * "Class.field" of the class that was handed a lock -> the field of the class that made it. In Flink so: the read scheduler
 * of a sort-merge partition locks by the lock of its partition (FLINK-25653). A field that gets different locks has none.
 */
export function sharedLocks(models: readonly JavaModel[]): ReadonlyMap<string, SharedLock> {
  const receivers = new Map<string, Receiver[]>();
  for (const model of models) {
    for (const type of model.scope.declarations.types) {
      const found = receiversOf(model, type);
      if (found.length > 0) receivers.set(type.name, found);
    }
  }
  const result = new Map<string, SharedLock | null>();
  if (receivers.size === 0) return new Map();
  for (const model of models) {
    for (const { field, lock } of handedIn(model, receivers)) {
      const known = result.get(field);
      if (field !== lock) result.set(field, known === undefined || known?.key === lock ? { key: lock, uri: model.uri } : null);
    }
  }
  return new Map([...result].filter((one): one is [string, SharedLock] => one[1] !== null));
}

function receiversOf({ scope }: JavaModel, type: TypeDeclaration): Receiver[] {
  const locks = [...type.fields.values()].filter((field) => LOCK_TYPE.test(field.type)).map(({ name }) => name);
  const body = locks.length === 0 ? null : type.node.getChild('ClassBody');
  const result: Receiver[] = [];
  for (const made of body?.getChildren('ConstructorDeclaration') ?? []) {
    const parameters = parametersOf(scope.source, made);
    const fields = new Map<number, string>();
    walk(made, (node) => {
      if (node.name !== 'AssignmentExpression' || node.firstChild === null || node.lastChild === null) return true;
      const field = squeezed(scope.source, node.firstChild).replace(/^this\./, '');
      const value = textOf(scope.source, checkedValue(scope.source, node.lastChild));
      const place = locks.includes(field) ? parameters.findIndex(({ name }) => name === value) : -1;
      if (place >= 0) fields.set(place, field);
      return false;
    });
    if (fields.size > 0) result.push({ parameters, fields });
  }
  return result;
}

function* handedIn({ scope }: JavaModel, receivers: ReadonlyMap<string, readonly Receiver[]>): Generator<{ field: string; lock: string }> {
  const { source, declarations } = scope;
  for (const match of source.text.matchAll(/\bnew\s+(?=([A-Z]\w*))/g)) {
    const name = match[1] as string;
    const candidates = receivers.get(name);
    const node = candidates === undefined ? null : source.tree.resolveInner(match.index, 1).parent;
    const list = node?.name === 'ObjectCreationExpression' ? node.getChild('ArgumentList') : null;
    if (candidates === undefined || node === null || list === null) continue;
    const given = parts(list);
    for (const { parameters, fields } of candidates) {
      if (parameters.length !== given.length) continue;
      for (const [place, field] of fields) {
        const argument = given[place];
        if (argument === undefined) continue;
        const own = argument.name === 'this' ? enclosingType(declarations, node) : null;
        const from = own === null ? fieldOf(scope, argument) : null;
        if (own !== null) yield { field: `${name}.${field}`, lock: `${own.name}.this` };
        else if (from !== null) yield { field: `${name}.${field}`, lock: `${from.owner.name}.${from.name}` };
      }
    }
  }
}
