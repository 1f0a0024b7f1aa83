/**
 * Where a host that knows the language of its person leaves it: before anything is loaded that has texts. One place in the
 * whole process or thread, for bundles that are loaded beside each other.
 */
const PLACE = Symbol.for('logjam.language');

const realm: { [PLACE]?: unknown } = globalThis as object;

/** @param tag of BCP 47, such as "zh-cn" */
export function fixLanguage(tag: string): void {
  realm[PLACE] = tag;
}

export function fixedLanguage(): string | null {
  const tag = realm[PLACE];
  return typeof tag === 'string' ? tag : null;
}

/** A script that does the same, to be put before another one. */
export const fixingScript = (tag: string): string => `globalThis[Symbol.for('logjam.language')] = ${JSON.stringify(tag)};\n`;
