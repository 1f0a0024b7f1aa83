import { isJdk } from '../../core/analysis/threaddump/names.ts';
import type { Frame, Thread } from '../../core/threaddump/model.ts';
import type { Link, SourceReference } from '../types.ts';
import { type DumpDocument, elementsOf } from './elements.ts';
import { LINKS } from './words.ts';

/** Editors ask for the links of a whole document at once; the threads that matter come first. */
const MAX_LINKS = 4000;
/** Frames are read when first asked for; a dump without any of the application's must not have all of its stacks read for nothing. */
const MAX_FRAMES = 20_000;

/** From frames to source files. Frames of the JDK have no source in a workspace. */
export function links(document: DumpDocument): Link[] {
  const elements = elementsOf(document);
  const result: Link[] = [];
  let looked = 0;
  const add = (thread: Thread): boolean => {
    looked += thread.frames.length;
    for (const frame of thread.frames) {
      const source = sourceOf(frame);
      if (source === null) continue;
      if (result.length >= MAX_LINKS) return false;
      result.push({ span: linkSpan(document.text, frame), tooltip: LINKS.open(source.file), source });
    }
    return looked < MAX_FRAMES;
  };
  const done = new Set<Thread>();
  for (const { graph } of elements.dumps) {
    for (const threadIndex of graph.waits.keys()) {
      const thread = graph.threads[threadIndex]?.thread;
      if (thread == null) continue;
      done.add(thread);
      if (!add(thread)) return result;
    }
  }
  for (const { thread } of elements.blocks) if (!done.has(thread) && !add(thread)) return result;
  return result;
}

function sourceOf(frame: Frame): SourceReference | null {
  if (frame.native || frame.file === null || isJdk(frame) || !/\.(?:java|scala|kt|groovy)$/.test(frame.file)) return null;
  const path = frame.className.replaceAll('.', '/').replace(/\/0x.*/s, '');
  const end = path.lastIndexOf('/');
  return { package: end === -1 ? '' : path.slice(0, end), file: frame.file, line: frame.line };
}

/** What stands in the parentheses, where the text shows it as it is. */
function linkSpan(text: string, frame: Frame): { start: number; end: number } {
  const slice = text.slice(frame.span.start, frame.span.end);
  const label = frame.line === null ? (frame.file ?? '') : `${frame.file}:${frame.line}`;
  const at = slice.lastIndexOf(label);
  return at === -1 ? frame.span : { start: frame.span.start + at, end: frame.span.start + at + label.length };
}
