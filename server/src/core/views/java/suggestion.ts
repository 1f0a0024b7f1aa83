import type { DumpCallback, DumpFrame } from '../../analysis/java/callbackFrame.ts';
import { JAVA_VIEW_WORDS, type NamedFrame } from './words.ts';

/** What to change, as Markdown for reading, where the source of the frame that makes a callback under a lock is not at hand. */
export function suggestionFromDump({ frame, entry, file, package: folder }: DumpCallback, holder: DumpFrame): string {
  const same = holder.className === frame.className && holder.method === frame.method;
  return JAVA_VIEW_WORDS.suggestion({ entry, frame: named(frame), holder: named(holder), same, file, path: `${folder}/${file}` });
}

const named = ({ className, method, line }: DumpFrame): NamedFrame => ({
  name: `${className.slice(className.lastIndexOf('.') + 1).replaceAll('$', '.')}.${method}`,
  line,
});
