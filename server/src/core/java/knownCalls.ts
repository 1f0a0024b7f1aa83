/** What a call of a method outside the file gives, as far as its name and the receiver's type tell. */
import { bareName } from './declarations.ts';
import { bound, typeArguments } from './typeText.ts';

/** Of collections, iterators and futures: what they hold. */
const ELEMENT_METHODS = new Set([
  'poll',
  'pollFirst',
  'pollLast',
  'pop',
  'peek',
  'peekFirst',
  'peekLast',
  'remove',
  'removeFirst',
  'removeLast',
  'getFirst',
  'getLast',
  'get',
  'take',
  'element',
  'first',
  'last',
  'next',
]);
const INT_METHODS = new Set(['size', 'length', 'getSize', 'intValue', 'indexOf']);

/** Type as source text; `owner`: the type of the receiver, as far as it is told. Null: the names do not tell. */
export function givenBy(owner: string | null, method: string, argumentCount: number): string | null {
  const view = owner === null || argumentCount > 0 ? null : viewType(owner, method);
  if (view !== null) return view;
  if (owner !== null && ELEMENT_METHODS.has(method) && typeArguments(owner).length > 0) return bound(typeArguments(owner).at(-1));
  if (INT_METHODS.has(method) && argumentCount === 0) return 'int';
  return /^(is|has)[A-Z]/.test(method) && argumentCount === 0 ? 'boolean' : null;
}

/** What a map or one of its entries gives to look at: "Map<K, V>", "values" -> "Collection<V>". */
function viewType(owner: string, name: string): string | null {
  const [key, value] = typeArguments(owner);
  if (key === undefined || value === undefined) return null;
  if (/Map$/.test(bareName(owner))) {
    if (name === 'values') return `Collection<${value}>`;
    if (name === 'keySet') return `Set<${key}>`;
    return name === 'entrySet' ? `Set<Map.Entry<${key}, ${value}>>` : null;
  }
  if (bareName(owner) !== 'Entry') return null;
  return name === 'getKey' ? bound(key) : name === 'getValue' ? bound(value) : null;
}
