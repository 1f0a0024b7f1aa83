import type { LockCallback } from '../../core/knowledge/lockCallbacks.ts';
import { bullets, markdownCode } from '../../core/wording.ts';

/** A call on the way from a lock to a callback; `line` counts from 1. */
export interface Step {
  method: string;
  line: number;
}

/** What the editor shows in a Java source; a second language is a second table of this type. */
export interface JavaFeatureWords {
  /** Markdown on the call of a callback; `paths`: from each lock that is held to the call. */
  callback(facts: { entry: LockCallback; paths: readonly { lock: string; lockLine: number; steps: readonly Step[] }[] }): string;
  fixAll: string;
}

const step = ({ method, line }: Step): string => `\`${method}()\` (line ${line})`;

export const JAVA_FEATURES: JavaFeatureWords = {
  callback: ({ entry, paths }) =>
    [
      `**${entry.method}()** ${entry.danger}.`,
      bullets(paths.map(({ lock, lockLine, steps }) => `${markdownCode(lock)} is held from line ${lockLine}: ${steps.map(step).join(' → ')}`)),
      ...(entry.history.length === 0 ? [] : [`In Flink's history:\n${bullets(entry.history)}`]),
    ].join('\n\n'),
  fixAll: 'Make callbacks after the lock is released',
};
