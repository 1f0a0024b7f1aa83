import { frameOf, isJdk } from '../../core/analysis/threaddump/names.ts';
import { lockOf } from '../../core/analysis/threaddump/waits/model.ts';
import { shortLock } from '../../core/rules/threaddump/words.ts';
import type { Frame } from '../../core/threaddump/model.ts';
import { bullets, escapeMarkdown, markdownCode } from '../../core/wording.ts';
import type { DumpElement } from './elements.ts';
import { FRAME_HOVER, type GeneratedBy } from './words.ts';

/** A frame: method, place, where it comes from, and the locks taken in it. */
export function frameHover(element: DumpElement): string | null {
  if (element.kind !== 'frame') return null;
  const { frame, thread, dump } = element;
  const lines: string[] = [];
  const position = thread.frames.indexOf(frame);
  lines.push(FRAME_HOVER.position(position, thread.frames.length));
  if (frame.module !== null) lines.push(FRAME_HOVER.module(markdownCode(frame.module)));
  else if (isJdk(frame)) lines.push(FRAME_HOVER.jdk);
  const generated = generatedBy(frame);
  if (generated !== null) lines.push(FRAME_HOVER.generated(generated));
  for (const action of thread.locks) {
    if (action.kind !== 'locked' || frameOf(thread, action) !== frame) continue;
    const lock = lockOf(dump.graph, action);
    if (lock !== undefined) lines.push(FRAME_HOVER.takes(escapeMarkdown(shortLock(lock)), lock.waiters.length));
  }
  const where = frame.native ? FRAME_HOVER.native : frame.file === null ? FRAME_HOVER.noSource : FRAME_HOVER.source(frame.file, frame.line);
  return `${markdownCode(`${frame.className}.${frame.method}`)}\n\n${escapeMarkdown(where)}\n\n${bullets(lines)}`;
}

/** Classes that no source file has. */
function generatedBy({ className, method }: Frame): GeneratedBy | null {
  if (method === '<clinit>') return 'initialiser';
  if (/\$\$Lambda/.test(className)) return 'lambda';
  if (/GeneratedMethodAccessor|LambdaForm|\bjdk[./]internal[./]reflect\b/.test(className)) return 'reflection';
  if (/\$\$(?:Enhancer|FastClass|SpringCGLIB)/.test(className)) return 'proxy';
  return null;
}
