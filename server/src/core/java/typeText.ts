/** Types as source text. */

/** Type arguments of "Map<K, List<V>>" at the top level: ["K", "List<V>"]. */
export function typeArguments(type: string): string[] {
  const open = type.indexOf('<');
  const close = type.lastIndexOf('>');
  if (open === -1 || close < open) return [];
  const result: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = start; at <= close; at++) {
    const char = type[at];
    if (char === '<') depth++;
    else if ((char === ',' && depth === 0) || at === close) {
      result.push(type.slice(start, at).trim());
      start = at + 1;
    } else if (char === '>') depth--;
  }
  return result.filter((argument) => argument !== '');
}

/** "? extends Buffer" -> "Buffer"; null for a bare wildcard. */
export function bound(argument: string | undefined): string | null {
  if (argument === undefined) return null;
  const plain = argument.replace(/^\?\s*extends\s+/, '');
  return plain.startsWith('?') ? null : plain;
}

export function elementType(type: string): string | null {
  return type.endsWith('[]') ? type.slice(0, -2) : bound(typeArguments(type).at(-1));
}

const PRIMITIVE = /^(?:int|long|short|byte|char|float|double|boolean)$/;
const BOX = /^(?:Object|Number|Comparable|Serializable|Integer|Long|Short|Byte|Character|Float|Double|Boolean|[A-Z])$/;

/** Whether a value of one type (without package and arguments) could be given where the other is wanted, as far as names tell. */
export function mayBeGiven(given: string, wanted: string): boolean {
  return PRIMITIVE.test(given) === PRIMITIVE.test(wanted) || BOX.test(PRIMITIVE.test(given) ? wanted : given);
}
