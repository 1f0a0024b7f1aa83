import { breakOneLine } from './oneLine.ts';
import { compose, type Mapping, type Unwrapped } from './positionMap.ts';

export interface UnwrappedDump extends Unwrapped {
  /** Names of the wrappers that were undone, outermost first. */
  wrappers: string[];
}

const WRAPPERS: [string, (text: string) => Unwrapped | null][] = [['one-line', breakOneLine]];

/** Undoes wrapper after wrapper until the text is a dump as the JVM printed it. */
export function unwrapDump(original: string): UnwrappedDump {
  let text = original;
  let map: Mapping | null = null;
  const wrappers: string[] = [];
  for (const [name, undo] of WRAPPERS) {
    const result = undo(text);
    if (result === null) continue;
    text = result.text;
    map = compose(map, result.map);
    wrappers.push(name);
  }
  return { text, map, wrappers };
}
