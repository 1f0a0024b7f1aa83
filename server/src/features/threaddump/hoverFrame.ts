import { frameOf, isJdk } from '../../core/analysis/threaddump/names.ts';
import { lockOf } from '../../core/analysis/threaddump/waits/model.ts';
import { shortLock } from '../../core/rules/threaddump/words.ts';
import type { Frame } from '../../core/threaddump/model.ts';
import { bullets, escapeMarkdown, markdownCode } from '../../core/wording.ts';
import type { DumpElement } from './elements.ts';

/** A frame: method, place, where it comes from, and the locks taken in it. */
export function frameHover(element: DumpElement): string | null {
  if (element.kind !== 'frame') return null;
  const { frame, thread, dump } = element;
  const lines: string[] = [];
  const position = thread.frames.indexOf(frame);
  lines.push(
    position === 0 ? 'The thread is here: innermost frame.' : `Frame ${position + 1} of ${thread.frames.length}, counted from the innermost.`,
  );
  if (frame.module !== null) lines.push(`From module ${markdownCode(frame.module)}.`);
  else if (isJdk(frame)) lines.push('Part of the JDK.');
  const generated = generatedBy(frame);
  if (generated !== null) lines.push(generated);
  for (const action of thread.locks) {
    if (action.kind !== 'locked' || frameOf(thread, action) !== frame) continue;
    const lock = lockOf(dump.graph, action);
    if (lock !== undefined)
      lines.push(`Takes ${escapeMarkdown(shortLock(lock))} here${lock.waiters.length > 0 ? `; ${lock.waiters.length} waiting for it` : ''}.`);
  }
  const where = frame.native
    ? 'native code'
    : frame.file === null
      ? 'source unknown'
      : `${frame.file}${frame.line === null ? '' : `, line ${frame.line}`}`;
  return `${markdownCode(`${frame.className}.${frame.method}`)}\n\n${escapeMarkdown(where)}\n\n${bullets(lines)}`;
}

/** Classes that no source file has. */
function generatedBy({ className, method }: Frame): string | null {
  if (method === '<clinit>') return 'A static initialiser: the class is being initialised by this thread, and other threads that need it wait.';
  if (/\$\$Lambda/.test(className)) return 'The class that the JVM made for a lambda expression.';
  if (/GeneratedMethodAccessor|LambdaForm|\bjdk[./]internal[./]reflect\b/.test(className)) return 'Reflection or a method handle.';
  if (/\$\$(?:Enhancer|FastClass|SpringCGLIB)/.test(className)) return 'A proxy class made at run time (CGLIB).';
  return null;
}
