import { type Source, SourceBuilder } from './source.ts';
import type { Steps } from './steps.ts';

/** Replaces what a pattern finds and keeps the way back. */
export function* replaceAll(text: string, pattern: RegExp, value: (found: string, ...groups: (string | undefined)[]) => string): Steps<Source> {
  const builder = new SourceBuilder(text);
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    yield;
    builder.copy(done, match.index);
    done = match.index + match[0].length;
    builder.replace(match.index, done, value(match[0], ...match.slice(1)));
  }
  builder.copy(done, text.length);
  return builder.build();
}
