/** Which packages hold the classes that a file calls while it holds a lock, so that the other side of its locks is there. */

import { bareName } from '../../java/declarations.ts';
import { typeOf } from '../../java/scope.ts';
import { callOf, children, packageOf, textOf, walk } from '../../java/syntax.ts';
import { heldLocks } from './locks.ts';
import type { JavaModel } from './model.ts';

const MAX_PACKAGES = 8;

/** Names of packages, the file's own first; empty when nothing is called that another file could tell more about. */
export function packagesToAsk(model: JavaModel): string[] {
  const { source, declarations } = model.scope;
  const own = packageOf(model.scope.source);
  const imported = new Map<string, string>();
  for (const node of children(source.tree.topNode)) {
    const name = node.name === 'ImportDeclaration' ? /^import\s+([\w.]+)\.(\w+)\s*;/.exec(textOf(source, node)) : null;
    if (name !== null) imported.set(name[2] as string, name[1] as string);
  }
  const wanted = new Set<string>();
  walk(source.tree.topNode, (node) => {
    const call = callOf(source, node);
    if (call === null || call.receiver === null || call.receiver.name === 'this') return true;
    const type = bareName(typeOf(model.scope, call.receiver) ?? '');
    // Classes of the JDK and of this file hold no other side.
    const where = imported.get(type) ?? (type === '' || declarations.byName.has(type) ? null : own);
    if (where === null || /^javax?\./.test(where) || wanted.has(where)) return true;
    if (/^[A-Z]/.test(type) && !COMMON.test(type) && heldLocks(source, declarations, node, true).length > 0) wanted.add(where);
    return true;
  });
  for (const { callback } of model.guarded) {
    const full = callback.entry.receiverClass;
    if (full !== null) wanted.add(full.slice(0, full.lastIndexOf('.')));
    for (const name of callback.entry.implementedIn ?? []) wanted.add(name);
  }
  return wanted.size === 0 ? [] : [...new Set([own, ...wanted])].slice(0, MAX_PACKAGES);
}

const COMMON = /^(String|Object|Class|Thread|Integer|Long|Boolean|Exception|Throwable|StringBuilder|Logger|Preconditions|Math|System)$/;
